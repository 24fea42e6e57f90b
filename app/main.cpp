#include "app/cli.h"

int main(int argc, char** argv) {
#ifdef SOCKWALK_GUI
  static const sockwalk::Graphics graphics{sockwalk::runWindow, sockwalk::shot,          sockwalk::shotViews,
                                           sockwalk::gallery,   sockwalk::galleryScenes, sockwalk::film,
                                           sockwalk::handout};
  return sockwalk::commandLine(argc, argv, &graphics);
#else
  return sockwalk::commandLine(argc, argv, nullptr);
#endif
}
