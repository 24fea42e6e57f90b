// Where the playhead stands to a call: what tells the walk and what draws it mean the same by these four.
#pragma once

namespace sockwalk {

enum class Tense {
  Running, // the function that runs
  Active,  // on the call stack: it called what runs
  Past,    // called and returned from
  Future,  // still to come
};

} // namespace sockwalk
