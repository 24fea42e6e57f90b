// The command line. It prints what the window shows, and needs no Qt: what draws is handed to it, if it was built.
#pragma once
#include "app/window.h"

namespace sockwalk {

// The half of the program that needs Qt.
struct Graphics {
  int (*window)(QtArguments& qt, const std::vector<std::string>& files, const scenario::OpenOptions& options);
  int (*shot)(QtArguments& qt, const ShotOptions& options);
  std::vector<std::string> (*views)();
  int (*gallery)(QtArguments& qt, const GalleryOptions& options);
  std::vector<std::string> (*scenes)();
  int (*film)(QtArguments& qt, const FilmOptions& options);
  int (*handout)(QtArguments& qt, const HandoutOptions& options);
};

// Does what the arguments say; `graphics` is nullptr in a program built without the window. Exit code: 0, 1 (the run
// failed), 2 (bad usage or input).
int commandLine(int argc, char** argv, const Graphics* graphics);

} // namespace sockwalk
