// The symbol table of the simulated kernel: its functions (text) and its global objects (data).
//
// Everything registers itself before main(); the first look-up sorts by name and gives addresses in that order, so
// that they are the same in every run of the same program, whatever order the linker chose.
//
//   fn<inet_bind>             the symbol of the engine function inet_bind, typed by its signature
//   unbuilt<"tcp_sendpage">   a name for a slot whose function this kernel does not simulate
//   Global<proto> tcp_prot{"tcp_prot"};      an object of the image; tcp_prot->name, &*tcp_prot
#pragma once
#include "engine/base/era.h"
#include "engine/memory/arena.h"
#include "engine/memory/pointer.h"
#include <cstddef>
#include <string_view>
#include <vector>

namespace sockwalk {

// A string as a template argument.
template <std::size_t N> struct FixedString {
  char text[N];
  constexpr FixedString(const char (&s)[N]) {
    for (std::size_t i = 0; i < N; ++i) text[i] = s[i];
  }
  constexpr std::string_view view() const { return {text, N - 1}; }
};

struct TextSymbol {
  std::string_view name;
  void* function; // nullptr: named only
  Era era;
  u32 offset = 0; // in the arena, once sorted
  TextSymbol(std::string_view called, void* code, Era of = Era::Linux61);
};
struct DataSymbol {
  std::string_view name;
  std::string_view type; // as in the layout tables: "proto", "list_head"
  u32 size, align, count;
  Era era;
  u32 offset = 0;
  DataSymbol(std::string_view called, std::string_view ofType, u32 bytes, u32 aligned, u32 elements,
             Era of = Era::Linux61);
};

// One function of the engine that records its calls (KFUNC).
struct FunctionInfo {
  std::string_view name, file; // file: from the repository's root, "engine/kernel/net/socket.cpp"
  int line;
  std::string_view argumentNames;              // "net, sock, protocol"
  std::vector<std::string_view> argumentTypes; // structure name for a pointer to one, "" for anything else
  u16 id = 0;
  Era era() const { return eraOfFile(file); }
  FunctionInfo(std::string_view called, std::string_view path, int inLine, std::string_view names,
               std::vector<std::string_view> types);
};
// A moment worth a sentence; the words are the views'.
struct NoteInfo {
  std::string_view name;
  u16 id = 0;
  explicit NoteInfo(std::string_view called);
};

// What a function leaves out, compared with the kernel's: shown to the user as "simplified".
struct SimplifiedInfo {
  std::string_view function, file, text;
  SimplifiedInfo(std::string_view where, std::string_view path, std::string_view what);
};

// A function that the compiler of the recorded kernel puts into its callers: it is called here, and in a trace of that kernel
// it is not seen.
struct InlinedInfo {
  std::string_view function;
  explicit InlinedInfo(std::string_view name);
};

class Symbols {
public:
  static const Symbols& get(); // sorts on first use
  const std::vector<TextSymbol*>& text() const { return m_text; }
  const std::vector<DataSymbol*>& data() const { return m_data; }
  const std::vector<FunctionInfo*>& functions() const { return m_functions; }
  const std::vector<NoteInfo*>& notes() const { return m_notes; }
  // A name alone is one of 6.1; both kernels have a tcp_prot and an inet_create().
  const TextSymbol* textAt(u64 address) const;
  const TextSymbol* textNamed(std::string_view name, Era era = Era::Linux61) const;
  const DataSymbol* dataAt(u32 offset) const; // the object that covers this arena offset
  const DataSymbol* dataNamed(std::string_view name, Era era = Era::Linux61) const;
  const FunctionInfo& function(u16 id) const { return *m_functions[id]; }
  // That of 6.1 if both have it: whoever looks for it in a record compares the names, not the ids.
  const FunctionInfo* functionNamed(std::string_view name) const;
  std::string_view simplified(std::string_view function, Era era = Era::Linux61) const; // "" if nothing is left out
  // In the recorded kernel the compiler put it into its callers.
  bool inlined(std::string_view function, Era era = Era::Linux61) const;
  u32 dataEnd() const { return m_dataEnd; }

private:
  friend struct TextSymbol;
  friend struct DataSymbol;
  friend struct FunctionInfo;
  friend struct NoteInfo;
  friend struct SimplifiedInfo;
  friend struct InlinedInfo;
  static Symbols& registry();
  void sort();
  static constexpr u32 TextStep = 0x40; // bytes from one function's address to the next
  std::vector<TextSymbol*> m_text, m_byAddress;
  std::vector<DataSymbol*> m_data;
  std::vector<FunctionInfo*> m_functions;
  std::vector<NoteInfo*> m_notes;
  std::vector<SimplifiedInfo*> m_simplified;
  std::vector<InlinedInfo*> m_inlined;
  u32 m_dataEnd = Arena::DataBegin;
  bool m_sorted = false;
};

// ---- text
struct NamedSymbol {
  const TextSymbol* symbol;
  u64 address() const { return Symbols::get(), Arena::addressOf(symbol->offset); }
};
template <class F> struct TypedSymbol : NamedSymbol {};

// The name of a function that is a template argument, read from the compiler's own spelling of the instance.
template <auto F> constexpr std::string_view functionName() {
  std::string_view s = __PRETTY_FUNCTION__;
  auto from = s.find("F = ") + 4;
  s = s.substr(from, s.find_first_of(";]", from) - from);
  if (s[0] == '&') s.remove_prefix(1);
  if (auto colon = s.rfind(':'); colon != s.npos) s.remove_prefix(colon + 1);
  return s;
}
template <auto F> constexpr Era functionEra() {
  constexpr std::string_view s = __PRETTY_FUNCTION__;
  return s.find("kernel26::") != s.npos ? Era::Linux26 : Era::Linux61;
}
template <auto F> struct RegisteredText {
  static inline TextSymbol symbol{functionName<F>(), reinterpret_cast<void*>(F), functionEra<F>()};
};
template <class R, class... A> TypedSymbol<R(A...)> typed(R (*)(A...), const TextSymbol* s) { return {{s}}; }
template <auto F> inline const auto fn = typed(F, &RegisteredText<F>::symbol);

template <FixedString Name> struct RegisteredName { static inline TextSymbol symbol{Name.view(), nullptr}; };
template <FixedString Name> inline const NamedSymbol unbuilt{&RegisteredName<Name>::symbol};

// ---- data
template <class T> struct TypeName; // specialised beside each generated structure
template <class T> constexpr std::string_view typeName() {
  if constexpr (requires { TypeName<T>::value; }) return TypeName<T>::value;
  else return "";
}

// A global object of the kernel image. The host object is only its name; its bytes are in the current arena.
template <class T> class Global {
public:
  explicit Global(std::string_view name, Era era = Era::Linux61)
      : m_symbol(name, typeName<T>(), sizeof(T), alignof(T), 1, era) {}
  const T* get() const { return reinterpret_cast<const T*>(t_arena->at(m_symbol.offset)); }
  const T* operator->() const { return get(); }
  const T& operator*() const { return *get(); }
  operator const T*() const { return get(); }

private:
  DataSymbol m_symbol;
};
template <class T, std::size_t N> class Global<T[N]> {
public:
  explicit Global(std::string_view name, Era era = Era::Linux61)
      : m_symbol(name, typeName<T>(), sizeof(T), alignof(T), N, era) {}
  const T& operator[](std::size_t i) const { return reinterpret_cast<const T*>(t_arena->at(m_symbol.offset))[i]; }
  const T* get() const { return &(*this)[0]; }
  static constexpr std::size_t size() { return N; }

private:
  DataSymbol m_symbol;
};

} // namespace sockwalk
