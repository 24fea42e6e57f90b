// The two small pages of a class's server that are no walk.
#pragma once
#include <string>

namespace sockwalk::share {

std::string landingPage(); // asks for the code
std::string tooLongPage(); // the walk does not fit into a page

} // namespace sockwalk::share
