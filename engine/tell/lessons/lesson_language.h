// The language in which lessons are written, as one table: which blocks there are, which keys each has, and what stands
// behind a key. Reading, checking, the guide and completion are made of it; whoever adds a key adds a row here.
//
// A block is a fence of Markdown with YAML in it; the head of the file is one, too:
//
//   ```stop
//   at: call inet_create
//   view: [call-path, source]
//   ```
#pragma once
#include "engine/tell/text.h"
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sockwalk::tell {

enum class BlockKind : u8 { Head, Stop, Predict, Lab };

// What stands behind a key.
enum class KeyForm : u8 {
  Words,     // for a person, with {{...}} in it; the translation says them again
  WordList,  // several
  WordPairs, // "answer: what is said to it"
  Name,      // an identifier
  NameList,
  Number,  // from 0
  Place,   // lesson_place.h
  Formula, // formula.h
  FormulaPairs,
  SettingPairs, // "net.ipv4.tcp_sack: 0"
  Condition,    // of engine/tell/expression
  ConditionList,
  ViewList,
  Object, // "tcp_sock", "tcp_sock#2"
  Target, // what is pointed at: "member tcp_sock.sk_state"
  File,   // beside the lesson
  Call,   // a line of the console
  Level,
  AnswerKind,
  CompareHow,
  ToolList,    // what may be used in a lab
  NumberRanges // "port: 20000..29999"
};
constexpr bool isWords(KeyForm f) { return f == KeyForm::Words || f == KeyForm::WordList || f == KeyForm::WordPairs; }
constexpr bool isList(KeyForm f) {
  return f == KeyForm::WordList || f == KeyForm::NameList || f == KeyForm::ConditionList || f == KeyForm::ViewList ||
         f == KeyForm::ToolList;
}
constexpr bool isPairs(KeyForm f) {
  return f == KeyForm::WordPairs || f == KeyForm::FormulaPairs || f == KeyForm::SettingPairs ||
         f == KeyForm::NumberRanges;
}

struct KeyRule {
  BlockKind block;
  const char* key;
  KeyForm form;
  bool needed;
  TableWords about;    // in the guide, and beside it in completion
  const char* example; // a value that is right by its form
};
std::span<const KeyRule> keyRules();
std::vector<const KeyRule*> keysOf(BlockKind block);
const KeyRule* keyNamed(BlockKind block, std::string_view key);

std::optional<BlockKind> blockNamed(std::string_view fence); // Head has no fence
std::vector<std::string> blockNames();
const char* nameOf(BlockKind block); // "stop"; "head"

// A fence with this name is prose: a program's text.
bool isProgramText(std::string_view fence);

// ---- words of which one must be chosen
enum class AnswerKind : u8 { Choose, Number, Click, Order, Match, Write, Drag, Compare };
// What is asked of the other run: what it says, by how much that is more, or whether it is.
enum class CompareHow : u8 { Value, Difference, Relation };
const std::vector<std::string>& answerKindNames(); // in the order of the enum
const std::vector<std::string>& compareHowNames();
const std::vector<std::string>& levelNames();
const std::vector<std::string>& labToolNames(); // script, console, wire

} // namespace sockwalk::tell
