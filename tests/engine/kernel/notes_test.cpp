// The table of notes against the kernel that takes them: none without a sentence (NOTE() does not compile then), none
// that nobody takes, and nothing said twice.
#include "engine/kernel/note_table.h"
#include "engine/memory/symbols.h"
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>

namespace sockwalk::kernel {
namespace {

TEST(Notes, EachIsTakenSomewhere) {
  std::set<std::string_view> taken;
  for (const NoteInfo* note : Symbols::get().notes()) taken.insert(note->name);
  for (const NoteText& note : noteTable())
    EXPECT_TRUE(taken.contains(note.id)) << note.id << " is in notes.tsv for nobody";
  EXPECT_EQ(taken.size(), noteTable().size());
}

TEST(Notes, NothingIsSaidTwice) {
  std::map<std::string_view, std::string_view> saidBy;
  for (const NoteText& note : noteTable())
    for (const char* sentence : {note.sentence, note.otherwise}) {
      if (!sentence) continue;
      const auto [other, fresh] = saidBy.emplace(sentence, note.id);
      EXPECT_TRUE(fresh) << note.id << " says what " << other->second << " says: " << sentence;
    }
}

TEST(Notes, AZeroChoosesTheOtherSentence) {
  const NoteText& checked = noteText("checksum.verified");
  const u64 right[] = {40, 1}, wrong[] = {40, 0};
  EXPECT_STREQ(checked.chosen(right), checked.sentence);
  EXPECT_STREQ(checked.chosen(wrong), checked.otherwise);
}

} // namespace
} // namespace sockwalk::kernel
