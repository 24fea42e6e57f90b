// What the command line calls to show something. No Qt here, so that main.cpp also builds without the window.
#pragma once
#include "engine/scenario/session.h"
#include <string>
#include <vector>

namespace sockwalk {

// Exit codes: done, the run did not go as the script says, bad usage or input.
constexpr int Done = 0, Failed = 1, BadUsage = 2;

// The program's name and the options that are Qt's, as Qt wants to have them: it keeps pointers into them.
struct QtArguments {
  std::vector<std::string> words;
  std::vector<char*> pointers{};
  int count = 0;
  char** vector() {
    pointers.clear();
    for (std::string& word : words) pointers.push_back(word.data());
    count = static_cast<int>(words.size());
    pointers.push_back(nullptr);
    return pointers.data();
  }
};

// Opens the window on these files (scripts, captures, saved sessions); on the socket() walk if there are none.
// Gives the program's exit code; 2 if there is no display to open a window on.
int runWindow(QtArguments& qt, const std::vector<std::string>& files, const scenario::OpenOptions& options);

struct ShotOptions {
  std::string file;            // script, capture or saved session
  scenario::OpenOptions open;  // and what was said besides
  std::string view = "window"; // one of shotViews()
  std::string at;     // "57": step 57 of the first named call; "event 1200"; "inet_create": its first call; "end"
  std::string of;     // the object looked at, "tcp_sock #1"
  std::string page;   // of the view, "heat"
  std::string output; // .png, .svg or .pdf
  std::string theme = "light"; // "dark", "contrast"
  int width = 0, height = 0;   // px; 0: what suits the view
  double scale = 1;            // device pixels a px, PNG only
  bool whole = false;          // not only what is in sight at this size; of a view
};
std::vector<std::string> shotViews();
// Draws one view without a display. Exit code 0, 1 (the run failed) or 2 (bad usage or input, said on stderr).
int shot(QtArguments& qt, const ShotOptions& options);

// A stretch of a walk as a film, without a display.
struct FilmOptions {
  std::string file, view, from, to, output; // output: .mp4, .gif or a folder
  scenario::OpenOptions open;
  std::string theme = "light", unit = "call";
  int width = 0, height = 0, picturesASecond = 25;
  double stepsASecond = 2;
  bool replace = false; // what is there already
};
// Exit code 0, 1 (the film could not be drawn) or 2 (bad usage or input, said on stderr).
int film(QtArguments& qt, const FilmOptions& options);

// A lesson on paper, without a display.
struct HandoutOptions {
  std::vector<std::string> lessons;
  std::string output; // .pdf; of one lesson or .html; of several, or a folder
  bool answers = false;
};
// Exit code 0 or 2 (bad usage or input, said on stderr).
int handout(QtArguments& qt, const HandoutOptions& options);

// Many pictures without a display: each view and the window in its states, in every look.
struct GalleryOptions {
  std::string output;                                // a folder; "": nothing is kept
  std::vector<std::string> only;                     // of galleryScenes(); none: all
  std::vector<std::string> sizes, themes, languages; // none: all
  bool check = false;                                // say what is cut or overlaps
  bool readme = false;                               // those of the README instead
};
std::vector<std::string> galleryScenes();
inline constexpr const char* GallerySizes[] = {"1024x768", "1280x800", "1920x1080",
                                               "large"}; // the last: 1280x800, large type
// Exit code 0, 1 (a picture could not be made, or something is wrong with one) or 2 (bad usage, said on stderr).
int gallery(QtArguments& qt, const GalleryOptions& options);

} // namespace sockwalk
