#include "engine/tell/lessons/formula.h"
#include "engine/base/whole_number.h"
#include "engine/tell/structures/member_path.h"
#include <algorithm>
#include <charconv>

namespace sockwalk::tell {

std::pair<std::string, u32> typeAndOrdinal(const std::string& words) {
  const auto sharp = words.find('#');
  std::string type = words.substr(0, sharp);
  while (!type.empty() && type.back() == ' ') type.pop_back();
  if (type.starts_with("struct ")) type.erase(0, 7);
  if (type == "sk") type = "sock";
  if (type == "skb") type = "sk_buff";
  u32 ordinal = 0;
  if (sharp != words.npos) std::from_chars(words.data() + sharp + 1, words.data() + words.size(), ordinal);
  return {type, ordinal};
}

bool isObjectName(const std::string& object) {
  const auto [type, ordinal] = typeAndOrdinal(object);
  if (const auto sharp = object.find('#'); sharp != object.npos)
    return layoutNamed(type) && ordinal && std::to_string(ordinal) == object.substr(sharp + 1);
  return layoutNamed(type) || Symbols::get().dataNamed(type);
}

static const LayoutInfo* layoutOfObject(const std::string& object) {
  const std::string type = typeAndOrdinal(object).first;
  if (const LayoutInfo* layout = layoutNamed(type)) return layout;
  const DataSymbol* global = Symbols::get().dataNamed(type);
  return global ? layoutNamed(global->type) : nullptr;
}

bool hasMember(const std::string& object, const std::string& path) {
  const LayoutInfo* layout = layoutOfObject(object);
  return layout && memberNamed(*layout, path);
}

namespace {

std::string trimmed(std::string s) {
  while (!s.empty() && isspace(static_cast<unsigned char>(s.back()))) s.pop_back();
  const auto first = std::ranges::find_if(s, [](char c) { return !isspace(static_cast<unsigned char>(c)); });
  return {first, s.end()};
}

std::vector<std::string> layoutNames() {
  std::vector<std::string> out;
  for (const LayoutInfo& layout : layouts()) out.emplace_back(layout.name);
  return out;
}
// Those of the structures within it as well: a member of its own name only is written by that.
void addMemberNames(const LayoutInfo& layout, int depth, std::vector<std::string>& out) {
  constexpr int Deepest = 6;
  for (const MemberInfo& m : layout.members) {
    if (!m.name.starts_with('(')) out.emplace_back(m.name);
    const LayoutInfo* inner = m.kind == MemberKind::Struct ? layoutNamed(m.target) : nullptr;
    if (inner && depth < Deepest) addMemberNames(*inner, depth + 1, out);
  }
}
std::vector<std::string> memberNames(const std::string& object) {
  std::vector<std::string> out;
  if (const LayoutInfo* layout = layoutOfObject(object)) addMemberNames(*layout, 0, out);
  return out;
}

class FormulaReader {
public:
  explicit FormulaReader(Problems& problems) : m_problems(problems) {}

  Formula read(const std::string& text, Spot spot, int depth) {
    Formula f{Formula::None, trimmed(text), spot};
    if (f.text.empty()) return wrong(f, say("there is nothing to compute here"), forExample());
    if (f.text.size() > MaxLength || depth > MaxDepth)
      return wrong(f, say("this formula is too long"), say("ask for one thing at a time"));
    for (const std::string_view signs : {"+-", "*/"})
      if (const size_t at = lastSign(f.text, signs); at != f.text.npos) return sum(f, at, depth);
    return single(f);
  }

private:
  static constexpr size_t MaxLength = 400;
  static constexpr int MaxDepth = 20;
  static Text forExample() {
    return say("for example %1", "sizeof(struct sock), tcp_sock.sk_rcvbuf, result CASE, buffer len, count(tcp_v4_rcv)");
  }
  Formula wrong(const Formula& f, Text what, Text remedy) {
    m_problems.add(f.spot, std::move(what), std::move(remedy));
    return {};
  }

  static size_t lastSign(const std::string& s, std::string_view signs) {
    for (size_t i = s.size(); i-- > 2;)
      if (s[i] == ' ' && s[i - 2] == ' ' && signs.find(s[i - 1]) != signs.npos) return i - 1;
    return s.npos;
  }
  Formula sum(Formula f, size_t at, int depth) {
    const Formula left = read(f.text.substr(0, at), f.spot, depth + 1);
    const Formula right = left ? read(f.text.substr(at + 1), f.spot, depth + 1) : Formula();
    if (!left || !right) return {};
    f.kind = Formula::Sum;
    f.sign = f.text[at];
    f.parts = {std::make_shared<const Formula>(left), std::make_shared<const Formula>(right)};
    return f;
  }

  Formula single(Formula f) {
    const auto open = f.text.find('(');
    if (open != f.text.npos && f.text.ends_with(')'))
      return function(f, trimmed(f.text.substr(0, open)), f.text.substr(open + 1, f.text.size() - open - 2));
    if (wholeNumber<s64>(f.text)) return f.kind = Formula::Number, f.words = {f.text}, f;
    const auto words = wordsOf(f.text);
    if (words[0] == "line" && words.size() == 1) return f.kind = Formula::Line, f;
    for (const auto& [name, kind] : Named)
      if (words[0] == name) return named(f, kind, words);
    if (dotOf(f.text) != f.text.npos) return member(f);
    return wrong(f, say("'%1' is nothing that can be computed", f.text), forExample());
  }

  Formula function(Formula f, const std::string& name, const std::string& inside) {
    const auto comma = inside.find(',');
    const std::string first = trimmed(inside.substr(0, comma));
    if (name == "count") return count(f, trimmed(inside));
    if (name != "sizeof" && name != "offsetof")
      return wrong(f, say("'%1' is nothing that can be computed", name + "()"),
                   nearestOf(name, {"sizeof", "offsetof", "count"}));
    f.words = {typeAndOrdinal(first).first};
    if (!layoutNamed(f.words[0])) return noStructure(f, f.words[0]);
    f.kind = Formula::SizeOf;
    if (name == "sizeof") return f;
    f.kind = Formula::OffsetOf;
    f.words.push_back(comma == inside.npos ? "" : trimmed(inside.substr(comma + 1)));
    return hasMember(f.words[0], f.words[1]) ? f : noMember(f, f.words[0], f.words[1]);
  }

  Formula count(Formula f, const std::string& what) {
    f.kind = Formula::Count;
    f.words = {what};
    auto names = functionNamesOfKernel();
    for (const std::string& note : noteNames()) {
      if (note == what || note.ends_with("." + what)) return f;
      names.push_back(note);
    }
    names.emplace_back("drop");
    if (std::ranges::find(names, what) != names.end()) return f;
    return wrong(f, say("nothing that this kernel does is called '%1'", what), nearestOf(what, names));
  }

  Formula named(Formula f, Formula::Kind kind, const std::vector<std::string>& words) {
    f.kind = kind;
    f.words.assign(words.begin() + 1, words.end());
    const auto wants = [&](size_t n) { return f.words.size() == n; };
    if (kind == Formula::Result && !wants(1))
      return wrong(f, say("'result' takes the name of a case"), say("for example %1", "result socket_tcp"));
    if (kind == Formula::Seed && !wants(1))
      return wrong(f, say("'seed' takes the name of a number"), say("for example %1", "seed port"));
    if (kind == Formula::Object && (!wants(1) || !isObjectName(f.words[0])))
      return wrong(f, say("'object' takes a type of the kernel"), say("for example %1", "object tcp_sock#2"));
    if (kind == Formula::Argument) return argument(f);
    if (kind == Formula::Buffer) return buffer(f);
    if (kind == Formula::Frame)
      if (!wants(2) || !frameNumber(f.words[0]) || (f.words[1] != "verdict" && f.words[1] != "function"))
        return wrong(f, say("of a frame its verdict or its function is asked"),
                     say("for example %1", "frame 3 verdict"));
    return f;
  }
  Formula argument(const Formula& f) {
    if (f.words.size() != 2 || f.words[1].find_first_not_of("0123456789") != std::string::npos)
      return wrong(f, say("'argument' takes a function or a note and a number, from 0"),
                   say("for example %1", "argument inet_create 2"));
    const std::vector<std::string> notes = noteNames();
    if (Symbols::get().functionNamed(f.words[0]) || std::ranges::find(notes, f.words[0]) != notes.end()) return f;
    std::vector<std::string> names = functionNamesOfKernel();
    names.insert(names.end(), notes.begin(), notes.end());
    return wrong(f, say("this kernel has no function '%1'", f.words[0]), nearestOf(f.words[0], names));
  }
  Formula buffer(const Formula& f) {
    static const std::vector<std::string> known{
        "headroom",         "data",      "tail", "end", "len", "tailroom", "truesize", "users", "network_header",
        "transport_header", "mac_header"};
    const std::string what = f.words.size() == 1 ? f.words[0] : "";
    if (std::ranges::find(known, what) != known.end()) return f;
    return wrong(f, say("a buffer has no '%1'", what), nearestOf(what, known));
  }

  Formula member(Formula f) {
    const auto dot = dotOf(f.text);
    const std::string object = f.text.substr(0, dot), path = f.text.substr(dot + 1);
    if (!isObjectName(object)) return noStructure(f, object);
    if (!hasMember(object, path)) return noMember(f, object, path);
    f.kind = Formula::Member;
    f.words = {object, path};
    return f;
  }
  Formula noStructure(const Formula& f, const std::string& name) {
    return wrong(f, say("the kernel has no structure '%1' here", name),
                 nearestOf(typeAndOrdinal(name).first, layoutNames()));
  }
  Formula noMember(const Formula& f, const std::string& object, const std::string& path) {
    return wrong(f, say("'%1' has no member '%2'", object, path), nearestOf(path, memberNames(object)));
  }

  static constexpr std::pair<const char*, Formula::Kind> Named[] = {
      {"result", Formula::Result}, {"buffer", Formula::Buffer}, {"argument", Formula::Argument},
      {"object", Formula::Object}, {"frame", Formula::Frame},   {"seed", Formula::Seed}};
  Problems& m_problems;
};

} // namespace

Formula formulaOf(const Written& written, Problems& problems) {
  return FormulaReader(problems).read(written.text, written.spot, 0);
}

} // namespace sockwalk::tell
