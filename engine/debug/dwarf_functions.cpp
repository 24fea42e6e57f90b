#include "engine/debug/c_types.h"
#include "engine/debug/functions.h"
#include <map>

namespace sockwalk::debug {

namespace {

// ---- the operations that expressions, lines and frames are written in, as the standard numbers them
constexpr u8 OpFrameBase = 0x91, OpCallFrame = 0x9c;
constexpr u8 LineCopy = 1, LineAdvanceAddress = 2, LineAdvance = 3, LineFile = 4;
constexpr u8 LineExtended = 0, LineEnd = 1, LineSetAddress = 2;
constexpr u8 FirstSpecial = 13; // as lineSection() sets them: n above it is one line and n bytes further
constexpr u8 FrameDefine = 0x0c, FrameUndefined = 0x07, FrameAtOffset = 0x80;
constexpr u8 Rbp = 6, ReturnAddress = 16; // as DWARF numbers the registers of x86-64

using Files = std::map<std::string_view, u32>; // their numbers

std::vector<std::string_view> namesIn(std::string_view list) {
  std::vector<std::string_view> out;
  int depth = 0;
  for (size_t i = 0, from = 0; i <= list.size(); ++i) {
    const char c = i < list.size() ? list[i] : ',';
    depth += (c == '(' || c == '[') - (c == ')' || c == ']');
    if (c != ',' || depth) continue;
    std::string_view name = list.substr(from, i - from);
    while (name.starts_with(' ')) name.remove_prefix(1);
    out.push_back(name);
    from = i + 1;
  }
  return out;
}

// The two stretches of a function: the first is where it is entered.
void putRanges(std::string& out, const Function& f, u64 base) {
  for (const u64 place : {f.entry, f.entry + Functions::EntrySize, f.body, f.body + f.lines * Functions::LineSize})
    putBytes(out, place - base, 8);
  out.append(16, '\0');
}

void writeFunction(DwarfTree& tree, CTypes& types, const Function& f, u32 file, size_t ranges) {
  const Die die = tree.add(UnitDie, Tag::Subprogram, f.name);
  tree.flag(die, At::External);
  tree.number(die, At::DeclarationFile, file);
  tree.number(die, At::DeclarationLine, static_cast<u64>(f.info->line));
  tree.offset(die, At::Ranges, static_cast<u32>(ranges));
  tree.expression(die, At::FrameBase, std::string(1, static_cast<char>(OpCallFrame)));
  tree.flag(die, At::Prototyped);
  tree.type(die, types.named("long int")); // the record has results as numbers
  const std::vector<std::string_view> names = namesIn(f.info->argumentNames);
  for (size_t i = 0; i < f.info->argumentTypes.size() && i < names.size(); ++i) {
    const std::string_view structure = f.info->argumentTypes[i];
    const Die argument = tree.add(die, Tag::FormalParameter, names[i]);
    tree.type(argument, types.named(structure.empty() ? "long int" : "struct " + std::string(structure) + " *"));
    std::string place(1, static_cast<char>(OpFrameBase));
    putSigned(place, argumentPlace(i));
    tree.expression(argument, At::Location, place);
  }
}

void putWithLength(std::string& out, const std::string& content) {
  putBytes(out, content.size(), 4);
  out += content;
}

// The rows of the lines. What has no line stands between two sequences of them.
class LineProgram {
public:
  explicit LineProgram(const Files& files) : m_files(files) {}
  void row(u64 address, std::string_view file, s64 line) {
    if (!m_open) begin(address);
    if (const u32 number = m_files.at(file); number != m_file) {
      m_out += static_cast<char>(LineFile);
      putUnsigned(m_out, m_file = number);
    }
    advance(address);
    m_out += static_cast<char>(LineAdvance);
    putSigned(m_out, line - m_line);
    m_line = line;
    m_out += static_cast<char>(LineCopy);
  }
  void nextLines(u32 count) { // each with the bytes that a line has
    m_out.append(count, static_cast<char>(FirstSpecial + Functions::LineSize));
    m_address += count * Functions::LineSize;
    m_line += count;
  }
  void end(u64 address) {
    if (!m_open) return;
    advance(address);
    extended(LineEnd, 0);
    m_open = false;
  }
  std::string rows() { return std::move(m_out); }

private:
  void begin(u64 address) {
    extended(LineSetAddress, 8);
    putBytes(m_out, address, 8);
    m_open = true;
    m_address = address;
    m_line = m_file = 1;
  }
  void extended(u8 operation, u64 operands) {
    m_out += static_cast<char>(LineExtended);
    putUnsigned(m_out, operands + 1);
    m_out += static_cast<char>(operation);
  }
  void advance(u64 address) {
    m_out += static_cast<char>(LineAdvanceAddress);
    putUnsigned(m_out, address - m_address);
    m_address = address;
  }
  const Files& m_files;
  std::string m_out;
  bool m_open = false;
  u64 m_address = 0;
  s64 m_line = 1;
  u32 m_file = 1;
};

std::string lineProgram(const Functions& functions, const Files& files) {
  LineProgram program(files);
  for (const Function& f : functions.all())
    if (f.info) program.row(f.entry, f.info->file, f.info->line);
    else program.end(f.entry);
  for (const Function& f : functions.all()) {
    if (!f.info) continue;
    program.row(f.body, f.info->file, f.info->line);
    program.nextLines(f.lines - 1);
  }
  program.end(functions.end());
  return program.rows();
}

std::string lineSection(const Functions& functions, const Files& files) {
  std::string head;
  putBytes(head, 0x010101, 3); // bytes of an instruction, operations of one, all are statements
  putBytes(head, 1, 1);        // a special opcode: at least so many lines
  putBytes(head, 1, 1);        // and in so many ways
  putBytes(head, FirstSpecial, 1);
  for (const int operands : {0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1}) head += static_cast<char>(operands);
  head += '\0'; // no folders but that of the unit
  std::vector<std::string_view> byNumber(files.size());
  for (const auto& [name, number] : files) byNumber[number - 1] = name;
  for (const std::string_view name : byNumber) putText(head, name), head.append(3, '\0');
  head += '\0';
  std::string content, out;
  putBytes(content, 4, 2); // the version
  putWithLength(content, head);
  content += lineProgram(functions, files);
  putWithLength(out, content);
  return out;
}

// Every function keeps its caller's frame at rbp: what the stacks that call_stacks.h builds look like.
std::string commonFrame() {
  std::string out;
  putBytes(out, 0xffffffff, 4);
  putBytes(out, 4, 1);      // the version
  putText(out, "");         // nothing beyond the standard
  putBytes(out, 0x0008, 2); // bytes of an address, no segments
  putUnsigned(out, 1);      // what addresses
  putSigned(out, -8);       // and offsets are counted in
  putUnsigned(out, ReturnAddress);
  out += static_cast<char>(FrameDefine);
  putUnsigned(out, Rbp), putUnsigned(out, 16);
  out += static_cast<char>(FrameAtOffset | ReturnAddress);
  putUnsigned(out, 1);
  out += static_cast<char>(FrameAtOffset | Rbp);
  putUnsigned(out, 2);
  return out;
}

std::string frameSection(const Functions& functions) {
  std::string out;
  const auto put = [&](std::string content) {
    content.resize((content.size() + 4 + 7) / 8 * 8 - 4); // filled with "nothing more"
    putWithLength(out, content);
  };
  const auto stretch = [&](u64 from, u64 to, const std::string& rules) {
    std::string content;
    putBytes(content, 0, 4); // where the common part stands
    putBytes(content, from, 8);
    putBytes(content, to - from, 8);
    put(content + rules);
  };
  put(commonFrame());
  stretch(functions.begin(), functions.outside(), "");
  stretch(functions.outside(), functions.bodies(),
          {static_cast<char>(FrameUndefined), ReturnAddress}); // nobody called it
  stretch(functions.bodies(), functions.end(), "");
  return out;
}

} // namespace

FunctionSections writeFunctions(DwarfTree& tree, CTypes& types, const Functions& functions) {
  Files files;
  for (const Function& f : functions.all())
    if (f.info) files.try_emplace(f.info->file, static_cast<u32>(files.size() + 1));
  std::string ranges;
  for (const Function& f : functions.all()) {
    if (!f.info) continue;
    writeFunction(tree, types, f, files.at(f.info->file), ranges.size());
    putRanges(ranges, f, functions.begin());
  }
  return {lineSection(functions, files), std::move(ranges), frameSection(functions)};
}

} // namespace sockwalk::debug
