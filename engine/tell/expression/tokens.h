// An expression's text as tokens, with their places. What is no token is one, too, and says why it is none, so that text
// that is still being typed can be completed.
#pragma once
#include "engine/tell/text.h"

namespace sockwalk::tell::expression {

struct Token {
  enum Kind : u8 {
    End,
    Word,    // a name (perhaps of an object: tcp_sock#1.snd_cwnd), a constant, or an operator in letters
    Number,  // 80, 0x50, -1
    Time,    // 10ms; without a unit (1.5) seconds
    Address, // 10.0.0.1, 10.0.0.0/8
    Pairs,   // 02:00:00:00:00:01, 47:45:54
    Quoted,
    Symbol,
    Bad
  } kind = End;
  size_t from = 0, to = 0;
  std::string text;   // as written; a Quoted: what it stands for; Pairs: the bytes
  s64 number = 0;     // Number; Time: ns; Address: the first of the prefix
  s64 last = 0;       // Address: the last of the prefix
  tell::Text trouble; // Bad
  bool is(std::string_view symbol) const { return kind == Symbol && text == symbol; }
};

// The last one is the End. Operators in letters ("and", "eq") are Symbols of their sign ("&&", "=="); "contains", "matches"
// and "in" are Symbols of their own.
std::vector<Token> tokens(std::string_view text);

// With small letters instead of capital ones, of the 26.
std::string lower(std::string_view text);

} // namespace sockwalk::tell::expression
