// The entries of a unit of DWARF 4 as a tree in memory, and the two sections that they become. What the numbers mean
// says the standard (dwarfstd.org, "DWARF Debugging Information Format", version 4); only those that are used here
// have a name.
#pragma once
#include "engine/base/types.h"
#include <string>
#include <string_view>
#include <vector>

namespace sockwalk::debug {

enum class Tag : u16 {
  ArrayType = 0x01,
  EnumerationType = 0x04,
  FormalParameter = 0x05,
  Member = 0x0d,
  PointerType = 0x0f,
  CompileUnit = 0x11,
  StructureType = 0x13,
  SubroutineType = 0x15,
  Typedef = 0x16,
  UnionType = 0x17,
  UnspecifiedParameters = 0x18,
  SubrangeType = 0x21,
  BaseType = 0x24,
  ConstType = 0x26,
  Enumerator = 0x28,
  Subprogram = 0x2e,
  Variable = 0x34,
  VolatileType = 0x35,
};
enum class At : u16 {
  Location = 0x02,
  Name = 0x03,
  ByteSize = 0x0b,
  BitSize = 0x0d,
  StatementList = 0x10,
  LowPc = 0x11,
  HighPc = 0x12,
  Language = 0x13,
  CompilationFolder = 0x1b,
  ConstValue = 0x1c,
  Producer = 0x25,
  Prototyped = 0x27,
  Count = 0x37,
  MemberLocation = 0x38,
  DeclarationFile = 0x3a,
  DeclarationLine = 0x3b,
  Declaration = 0x3c,
  Encoding = 0x3e,
  External = 0x3f,
  FrameBase = 0x40,
  Type = 0x49,
  Ranges = 0x55,
  DataBitOffset = 0x6b,
};
enum class Encoding : u8 { Boolean = 2, Signed = 5, SignedChar = 6, Unsigned = 7, UnsignedChar = 8 };

using Die = u32;            // an entry, by its number
constexpr Die UnitDie = 0;  // the root
constexpr Die VoidType = 0; // as a type: none

class DwarfTree {
public:
  DwarfTree(); // with the compile unit in it
  Die add(Die parent, Tag tag);
  Die add(Die parent, Tag tag, std::string_view name);

  void text(Die die, At attribute, std::string_view text);
  void number(Die die, At attribute, u64 number);
  void signedNumber(Die die, At attribute, s64 number);
  void flag(Die die, At attribute);
  void type(Die die, Die target); // of VoidType nothing is said; the target may be filled later
  void address(Die die, At attribute, u64 address);
  void offset(Die die, At attribute, u32 inSection);
  void expression(Die die, At attribute, std::string bytes);

  struct Sections {
    std::string info, abbreviations;
  };
  Sections sections() const;

private:
  friend class DwarfWriter;
  enum class Form : u16 {
    Address = 0x01,
    Text = 0x08,
    Signed = 0x0d,
    Unsigned = 0x0f,
    Reference = 0x13,
    Offset = 0x17,
    Expression = 0x18,
    Present = 0x19
  };
  struct Value {
    At attribute;
    Form form;
    u64 number = 0;
    std::string bytes;
  };
  struct Entry {
    Tag tag;
    std::vector<Value> values;
    std::vector<Die> children;
  };
  std::vector<Entry> m_entries;
};

// ---- what the numbers are written as
void putBytes(std::string& out, u64 value, int bytes); // little-endian
void putUnsigned(std::string& out, u64 value);         // LEB128
void putSigned(std::string& out, s64 value);
void putText(std::string& out, std::string_view text); // with a zero behind it

} // namespace sockwalk::debug
