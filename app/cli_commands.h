// The commands of the program, one a line: the name, what it takes, what it does. Each is declared by the function of
// its name, in app/cli_NAME.cpp; a _ behind it is not part of the name, but parts it from a word of C++.
// X(command, takes, does)
#pragma once

// clang-format off
#define SOCKWALK_COMMANDS(X)                                                                                            \
  X(record, "FILE... -o DIR", "runs them and writes the calls and buffers of each //@case")                             \
  X(print, "FILE", "prints the walk: calls, arguments, results, notes, buffers")                                        \
  X(tell, "FILE [TOPIC] [--at STEP]", "prints what the window shows at a moment: tables, objects, packets ...")         \
  X(relive, "FILE", "relives a packet file in one of its hosts, and compares what is sent")                               \
  X(diff, "--era 2.6 --era 6.1 FILE", "plays it on two kernels, and prints the calls of both side by side")                \
  X(core, "FILE [--at STEP] -o OUT", "writes a moment as a core file, which gdb and drgn open")                         \
  X(gdbserver, "FILE [--at STEP] [--port N]", "lets gdb walk the record, forward and backward")                           \
  X(layout, "STRUCT", "prints the layout of a kernel structure")                                                        \
  X(export_, "FILE -o OUT", "writes the frames (pcapng with comments, JSON), or the walk as a web page")                 \
  X(shot, "FILE [--view VIEW] -o OUT", "draws one view of the window into a .png, .svg or .pdf file")                           \
  X(film, "FILE --view VIEW -o OUT", "draws a stretch of the walk as an MP4, a GIF or a folder of pictures")              \
  X(gallery, "-o DIR [--only NAME]...", "draws every view in both themes and languages; or checks them")                \
  X(lesson, "check DIR... | new DIR | guide ...", "looks for what is wrong with lessons; writes, bundles and exports them")                 \
  X(samples, "", "lists the lessons, walks and captures that there are, yours too")                                     \
  X(help, "[COMMAND]", "prints the help of a command")
// clang-format on
