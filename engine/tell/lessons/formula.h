// What the engine is asked for, in prose between {{ and }} and behind `answer:`; so nobody writes down what it says.
//
//   sizeof(struct sock), offsetof(struct sock, sk_rcvbuf), sizeof(struct 2.6/sock)     of 2.6 with its prefix
//   tcp_sock.sk_state, tcp_sock#2.snd_cwnd, tcp_prot.max_header   a member of the newest of a type, of one, of a global
//   result CASE            what a //@case of the script gave back
//   buffer headroom        of the newest sk_buff: headroom, data, tail, end, len, tailroom, truesize, users ...
//   argument F N           the N-th argument of the next call or note F, from 0
//   object TYPE[#N]        that object, by its name
//   count(X)               how often since boot, in the whole record: a function is called, X is noted (retransmit, tcp.rto), drop
//   frame N verdict        of a capture: same, equivalent, different; frame N function: who decided
//   seed NAME              of a lab: the number that is the person's own (lab_numbers.h)
//   line                   of the source that runs: "af_inet.cpp:120"
//   A + B, A - B, A * B, A / B     of numbers; with blanks around the sign
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/expression/vocabulary.h"
#include "engine/tell/lessons/lesson_place.h"
#include "engine/tell/structures/rows.h"
#include <memory>

namespace sockwalk::tell {

struct Formula {
  enum Kind : u8 {
    None,
    Number,
    SizeOf,
    OffsetOf,
    Member,
    Result,
    Buffer,
    Argument,
    Object,
    Count,
    Frame,
    Line,
    Sum,
    Seed
  } kind = None;
  std::string text;
  Spot spot{};
  std::vector<std::string> words{};                    // what is in it, by kind; of a Member: object and path
  char sign = 0;                                       // Sum: + - * /
  std::vector<std::shared_ptr<const Formula>> parts{}; // Sum
  explicit operator bool() const { return kind != None; }
};
// What is wrong in itself is a problem: a structure or member that there is not.
Formula formulaOf(const Written& written, Problems& problems);

struct FormulaValue {
  std::string text;                          // as the program shows it: "TCP_LISTEN", "tcp_sock #1", "131072"
  std::optional<s64> number;                 // of what is one
  std::vector<expression::Constant> names{}; // that its number may have
};
// Read at the playhead, which is of that session.
sockwalk::Result<FormulaValue> valueOf(const scenario::Session& session, Playhead& at, const Formula& formula);

std::optional<s64> counted(char sign, s64 a, s64 b); // + - * /; nothing: it is no number that can be said
// "tcp_sock#2" or "tcp_sock #2": the type, and which one (0: the newest).
std::pair<std::string, u32> typeAndOrdinal(const std::string& words);
// The newest live object of a type, or of one that holds such a structure; 0 if none.
u64 newestObject(const Playhead& playhead, const std::string& type);
// A member of the newest object of its type that lives there, or of a global. None: nothing of it lives.
MemberPlace memberAt(const Playhead& playhead, const Formula& member);
// Whether there is such a type or global, and it has such a member.
bool isObjectName(const std::string& object);
bool hasMember(const std::string& object, const std::string& path);

} // namespace sockwalk::tell
