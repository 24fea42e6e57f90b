// The walks and captures that come with the program, and those that a person has put beside them: what each is and what
// there is to watch in it.
#pragma once
#include "app/sample_picture.h"
#include <QString>
#include <vector>

namespace sockwalk {

struct Sample {
  QString path, title;
  QString watch; // a sentence; "" if nobody wrote one
  bool capture = false;
  SamplePicture picture = SamplePicture::CallPath;
};
std::vector<Sample> samples();  // walks first
std::vector<Sample> failures(); // walks in which something goes wrong; what to watch is what an operator sees of it

} // namespace sockwalk
