// How a function of the simulated kernel tells what it does.
//
//   int inet_create(const net* net, const socket* sock, int protocol, int kern) {
//     KFUNC(inet_create, net, sock, protocol, kern);      // the call and its arguments go on the journal
//     SIMPLIFIED("modules are not loaded on demand");     // what the kernel's own does besides
//     INLINED();                                          // the recorded kernel has it inside its callers
//     ...
//     NOTE("inetsw.match", answer->type, answer->protocol);  // a moment worth a sentence
//     mark(BufferMark::Delivered, skb, sk);               // what becomes of a packet
//     return call.result(-EPROTONOSUPPORT);               // the return and its value
//   }
#pragma once
#include "engine/journal/recorder.h"
#include "engine/kernel/note_ids.h"
#include "engine/memory/structures.h"
#include <type_traits>

namespace sockwalk::kernel {

// Of the machine that runs on this thread: the sink of its memory.
inline Recorder& recorder() { return static_cast<Recorder&>(Arena::sinkOf(t_arena->base())); }

template <class T> u64 traceValue(const T& v) {
  if constexpr (std::is_pointer_v<T>)
    return v && t_arena->contains(reinterpret_cast<const void*>(v)) ? Arena::address(reinterpret_cast<const void*>(v))
                                                                    : 0;
  else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) return static_cast<u64>(static_cast<s64>(v));
  else return 0;
}
template <class T> constexpr std::string_view traceType() {
  if constexpr (std::is_pointer_v<T>) return typeName<std::remove_cv_t<std::remove_pointer_t<T>>>();
  else return "";
}
template <class... A> struct ArgumentTypes {
  static std::vector<std::string_view> names() { return {traceType<A>()...}; }
};
template <class... A> ArgumentTypes<A...> argumentTypes(const A&...);
template <class Site, class Types> struct RegisteredFunction {
  static inline FunctionInfo info{Site::name(), Site::file(), Site::line(), Site::arguments(), Types::names()};
};

// The running task's stack is nearly used up, as by a recursion without end: the kernel stops with a sentence, before
// the guard page below the stack would stop the whole program.
[[noreturn]] void stackOverflow(const FunctionInfo& callee);

class CallScope {
public:
  template <class... A> explicit CallScope(const FunctionInfo& info, const A&... arguments) {
    if (__builtin_frame_address(0) < t_arena->stackLimit()) stackOverflow(info);
    if (t_arena->silent()) return;
    const u64 values[sizeof...(A) + 1] = {traceValue(arguments)...};
    m_call = recorder().call(info, values, sizeof...(A));
  }
  ~CallScope() {
    if (m_call != NoEvent) recorder().leave(m_call, false, 0, 0);
  }
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;
  // The function's result goes on the journal and out.
  template <class T> T result(T value, int line = __builtin_LINE()) {
    if (m_call != NoEvent) recorder().leave(m_call, true, traceValue(value), line);
    m_call = NoEvent;
    return value;
  }
  void done(int line = __builtin_LINE()) { // an early return of a void function, so that the line is known
    if (m_call != NoEvent) recorder().leave(m_call, false, 0, line);
    m_call = NoEvent;
  }

private:
  EventIndex m_call = NoEvent;
};

#define KFUNC(name_, ...)                                                                                              \
  struct KfuncSite_ {                                                                                                  \
    static constexpr std::string_view name() { return #name_; }                                                        \
    static constexpr std::string_view file() { return __FILE__; }                                                      \
    static constexpr int line() { return __LINE__; }                                                                   \
    static constexpr std::string_view arguments() { return #__VA_ARGS__; }                                             \
  };                                                                                                                   \
  ::sockwalk::kernel::CallScope call(                                                                                  \
      ::sockwalk::kernel::RegisteredFunction<KfuncSite_, decltype(::sockwalk::kernel::argumentTypes(                   \
                                                             __VA_ARGS__))>::info __VA_OPT__(, ) __VA_ARGS__)

template <class Site, FixedString Text> struct RegisteredSimplification {
  static inline SimplifiedInfo info{Site::name(), Site::file(), Text.view()};
};
#define SIMPLIFIED(text_) (void)&::sockwalk::kernel::RegisteredSimplification<KfuncSite_, text_>::info

// The compiler of the recorded kernel puts this function into its callers. It is a call here, under the name by which people
// know it, but none when calls are held against a trace of that kernel.
template <class Site> struct RegisteredInlining { static inline InlinedInfo info{Site::name()}; };
#define INLINED() (void)&::sockwalk::kernel::RegisteredInlining<KfuncSite_>::info

// How many arguments the note has in notes.tsv; -1: it is not there.
consteval int noteArguments(std::string_view id) {
  for (const NoteId& known : NoteIds)
    if (known.id == id) return known.arguments;
  return -1;
}

template <FixedString Name> struct RegisteredNote {
  static_assert(noteArguments(Name.view()) >= 0, "this note has no sentence in engine/kernel/notes.tsv");
  static inline NoteInfo info{Name.view()};
};
template <FixedString Name, class... A> void noteAt(int line, const A&... a) {
  static_assert(noteArguments(Name.view()) == sizeof...(A),
                "engine/kernel/notes.tsv has other arguments for this note");
  if (t_arena->silent()) return;
  const u64 values[sizeof...(A) + 1] = {traceValue(a)...};
  recorder().note(RegisteredNote<Name>::info, values, sizeof...(A), line);
}
// Marks what becomes of a packet (BufferMark says what, and who the other party is).
template <class Other> void mark(BufferMark what, const sk_buff* skb, const Other* other, int line = __builtin_LINE()) {
  if (t_arena->silent()) return;
  recorder().mark(what, Arena::offsetOf(skb), traceValue(other), line);
}
inline void mark(BufferMark what, const sk_buff* skb, int line = __builtin_LINE()) {
  if (t_arena->silent()) return;
  recorder().mark(what, Arena::offsetOf(skb), 0, line);
}
#define NOTE(name_, ...) ::sockwalk::kernel::noteAt<name_>(__LINE__ __VA_OPT__(, ) __VA_ARGS__)

} // namespace sockwalk::kernel
