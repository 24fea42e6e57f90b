// What the engine really says of many walks, asked for in Chinese: every word of it is found.
#include "app/language.h"
#include "app/message_reader.h"
#include "engine/journal/playhead.h"
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/calls/calls.h"
#include "engine/tell/happenings/happenings.h"
#include "engine/tell/in_words.h"
#include "engine/tell/lanes.h"
#include "engine/tell/messages.h"
#include "engine/tell/moments.h"
#include "engine/tell/objects/objects.h"
#include "engine/tell/packets/packet_filter.h"
#include "engine/tell/relive/relive.h"
#include "engine/tell/source/source_frames.h"
#include "engine/tell/stimuli.h"
#include "engine/tell/structures/structures.h"
#include "engine/tell/tables/tables.h"
#include "tests/support/walks.h"
#include <set>

namespace sockwalk {
namespace {

const std::string Root = SOCKWALK_SOURCE_ROOT;

// Speaks Chinese, and keeps the words that it does not know.
class Listener {
public:
  Listener() {
    for (const TranslatedWords& words : chineseWords()) m_known.insert(words.english);
    tell::speak([this](const char* english) {
      if (!m_known.contains(english)) m_unknown.insert(english);
      return std::string(english);
    });
  }
  ~Listener() { tell::speak({}); }
  Listener(const Listener&) = delete;
  std::string unknown() const {
    std::string out;
    for (const std::string& words : m_unknown) out += words + "\n";
    return out;
  }

private:
  std::set<std::string, std::less<>> m_known, m_unknown;
};

void sayMoment(scenario::Session& session, const Playhead& at) {
  tell::lines(tell::readTables(at));
  tell::lines(tell::readObjects(at));
  tell::lines(tell::readBuffers(at));
  tell::lines(tell::readCalls(at));
  tell::lines(tell::sourceFrames(at));
  tell::lines(tell::stimuli(at, session.machine()));
  tell::lines(tell::liveStructures(at));
  for (const auto& structure : tell::liveStructures(at))
    if (const auto subject = tell::structureNamed(at, structure.id))
      tell::lines(tell::readStructure(at, *subject, at.position()));
}

void sayAll(scenario::Session& session, u32 moments = 3) {
  const Journal& journal = session.journal();
  Playhead at(journal);
  constexpr EventIndex Enough = 100000; // of a long walk every so many: it says the same again and again
  for (EventIndex i = 0; i < journal.size(); i += 1 + journal.size() / Enough) {
    at.seek(i + 1);
    tell::spoken(tell::event(at, i));
  }
  for (const EventIndex moment : tests::someMoments(journal, moments)) at.seek(moment), sayMoment(session, at);
  tell::lines(tell::readPackets(at, {}));
  tell::Happenings happenings;
  happenings.update(journal);
  tell::lines(happenings);
  tell::Lanes lanes;
  lanes.update(journal);
  tell::lines(lanes, journal);
  if (const auto relived = tell::relivedCapture(session, {})) tell::lines(*relived);
}

} // namespace

TEST(Translations, KnowAllThatIsSaidOfTheWalks) {
  Listener listener;
  for (const std::string& file : tests::exampleWalks(Root)) sayAll(*tests::walkOf(file));
  EXPECT_EQ(listener.unknown(), "");
}

TEST(Translations, KnowAllThatIsSaidOfCaptures) {
  Listener listener;
  for (const char* name : {"reorder-b", "refused", "arp"})
    sayAll(*tests::walkOf(Root + "/tests/engine/scenario/captures/" + name + ".pcap"));
  for (const std::string& file : tests::filesBelow(Root + "/assets/captures", ".pcapng")) sayAll(*tests::walkOf(file));
  EXPECT_EQ(listener.unknown(), "");
}

TEST(Translations, KnowAllThatIsSaidOfTheScenarios) {
  Listener listener;
  for (const std::string& file : tests::filesBelow(Root + "/tests/scenarios", ".pkt")) {
    const auto opened = scenario::Session::openFile(file, {});
    ASSERT_TRUE(opened) << file;
    (*opened)->runAll(); // what went otherwise is another test's
    sayAll(**opened, 1);
  }
  EXPECT_EQ(listener.unknown(), "");
}

// What a capture makes the program say of itself when it is opened.
TEST(Translations, KnowTheNoticesOfCaptures) {
  speak(Language::Chinese);
  std::string left;
  for (const std::string& folder : {Root + "/assets/captures", Root + "/tests/engine/scenario/captures"})
    for (const std::string& file : tests::filesBelow(folder, ".pcap")) {
      const auto opened = scenario::Session::openFile(file, {});
      if (!opened) continue;
      (*opened)->runAll();
      for (const std::string& notice : (*opened)->notices())
        if (tell::spokenMessage(notice) == notice) left += notice + "\n";
    }
  speak(Language::English);
  EXPECT_EQ(left, "");
}

// What happened of itself, and not because somebody typed it.
TEST(Translations, KnowWhatTheMachineDoesByItself) {
  const std::set<std::string> Commands{"ip", "iptables", "tc", "wire", "take", "grant"};
  std::string left;
  for (const std::string& file : tests::exampleWalks(Root))
    for (const auto walk = tests::walkOf(file); const Stimulus& stimulus : walk->journal().stimuli()) {
      const std::string first = stimulus.text.substr(0, stimulus.text.find(' '));
      const bool call = stimulus.text.find('(') != std::string::npos || stimulus.text.find('=') != std::string::npos;
      const bool typed = call || Commands.contains(first); // as it is, in every language
      if (!typed && !tell::stimulusText(stimulus.text).words()) left += stimulus.text + "\n";
    }
  EXPECT_EQ(left, "");
}

TEST(Translations, SpeakOneLanguageAtATime) {
  speak(Language::Chinese);
  EXPECT_EQ(tell::spoken(tell::say("%1 bytes", 20)), "20 字节");
  EXPECT_EQ(tell::english(tell::say("%1 bytes", 20)), "20 bytes");
  speak(Language::English);
  EXPECT_EQ(tell::spoken(tell::say("%1 bytes", 20)), "20 bytes");
}

TEST(Translations, ReadAMessageByItsPattern) {
  const TranslatedWords patterns[] = {
      {"expected %1, found %2", "应是%1，却是%2"}, {"the port", "端口"}, {"%1: there is no %2", "%1：没有 %2"}};
  const MessageReader reader(patterns);
  EXPECT_EQ(reader.translated("a.pkt:3:7: expected the port, found 'x'"), "a.pkt:3:7: 应是端口，却是'x'");
  EXPECT_EQ(reader.translated("veth9: there is no wire"), "veth9：没有 wire");
  EXPECT_EQ(reader.translated("nobody knows this"), "nobody knows this");
}

TEST(Translations, KnowTheMessagesOfTheParser) {
  speak(Language::Chinese);
  const auto opened = scenario::Session::open({scenario::ScriptStimulus{"a.pkt", "0 socket(AF_INET\n"}});
  ASSERT_FALSE(opened);
  const std::string said = tell::spokenMessage(opened.error().message);
  EXPECT_TRUE(said.starts_with("a.pkt:")) << said;
  EXPECT_NE(said.find("应是"), said.npos) << said;
  speak(Language::English);
  EXPECT_EQ(tell::spokenMessage(opened.error().message), opened.error().message);
}

} // namespace sockwalk
