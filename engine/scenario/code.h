// `%{ ... }%`: Python over TCP_INFO in the original; here the small part of it that scripts use.
//
//   assert EXPR [, MESSAGE]     print(EXPR, ...)     NAME = EXPR     NAME += EXPR     (statements end with ; or the line)
//
// Expressions: integers, floats, 'text', names, + - * / // % & | ^ << >>, comparisons (also chained: a <= b <= c),
// and or not, parentheses, and 'text %d' % value.
#pragma once
#include "engine/base/types.h"
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace sockwalk::scenario {

using CodeValue = std::variant<s64, double, std::string>;
using CodeVariables = std::map<std::string, CodeValue>; // live as long as the script
using CodeNames = std::map<std::string, s64>;           // tcpi_rtt and the like

bool codeAsksTcp(const std::string& text);
// Gives the lines that it printed. Throws PlayError (without a place): an assertion that does not hold, or what it
// does not understand.
std::vector<std::string> runCode(const std::string& text, const CodeNames& info, CodeVariables& variables);

} // namespace sockwalk::scenario
