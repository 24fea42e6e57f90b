#include "app/samples.h"
#include "engine/base/data.h"
#include "engine/tell/broken_walk.h"
#include <algorithm>
#include <iterator>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSet>

namespace sockwalk {
namespace {

struct Known {
  const char* name; // of the file, without its ending
  const char *title, *watch;
  SamplePicture picture;
};

constexpr Known known[] = {
    {"tcp-on-loopback", QT_TRANSLATE_NOOP("Samples", "TCP on loopback"),
     QT_TRANSLATE_NOOP("Samples", "Connect, write, read, close: watch one kernel play both ends."),
     SamplePicture::Handshake},
    {"tcp-between-two-hosts", QT_TRANSLATE_NOOP("Samples", "TCP, two hosts"),
     QT_TRANSLATE_NOOP("Samples", "Watch the SYN wait until ARP has found the other host."), SamplePicture::Router},
    {"tcp-lost-segment", QT_TRANSLATE_NOOP("Samples", "A lost segment"),
     QT_TRANSLATE_NOOP("Samples", "Three duplicate acknowledgements; watch what fast retransmit sends again."),
     SamplePicture::Lost},
    {"tcp-out-of-order", QT_TRANSLATE_NOOP("Samples", "Out of order"),
     QT_TRANSLATE_NOOP("Samples", "Watch the red-black tree fill, and one read get all of it."),
     SamplePicture::OutOfOrder},
    {"tcp-zerocopy", QT_TRANSLATE_NOOP("Samples", "Zero-copy sending"),
     QT_TRANSLATE_NOOP("Samples", "Watch the program's pages be lent, and the error queue give them back."),
     SamplePicture::Router},
    {"epoll-server", QT_TRANSLATE_NOOP("Samples", "A server with epoll"),
     QT_TRANSLATE_NOOP("Samples", "Watch who is woken when a connection comes in, and when data does."),
     SamplePicture::Poll},
    {"udp-through-a-router", QT_TRANSLATE_NOOP("Samples", "UDP through a router"),
     QT_TRANSLATE_NOOP("Samples", "Three kernels; watch the datagram that is too long for the second link."),
     SamplePicture::Router},
    {"home-router", QT_TRANSLATE_NOOP("Samples", "A home router"),
     QT_TRANSLATE_NOOP("Samples",
                       "Watch it masquerade for a laptop, let answers in, and refuse what nobody asked for."),
     SamplePicture::Router},
    {"local-passed-descriptor", QT_TRANSLATE_NOOP("Samples", "A passed descriptor"),
     QT_TRANSLATE_NOOP("Samples", "Watch an open file go from a server to a worker through a local socket."),
     SamplePicture::CallPath},
    {"page-load", QT_TRANSLATE_NOOP("Samples", "A page over HTTP"),
     QT_TRANSLATE_NOOP("Samples", "Two connections: watch one be kept alive and one be closed by the server."),
     SamplePicture::Handshake},
    {"lost-segment", QT_TRANSLATE_NOOP("Samples", "A loss, captured"),
     QT_TRANSLATE_NOOP("Samples", "A download; watch SACK say what is missing, and what is sent again."),
     SamplePicture::Lost},
    {"full-window", QT_TRANSLATE_NOOP("Samples", "A reader that sleeps"),
     QT_TRANSLATE_NOOP("Samples", "Watch the window close, be probed and open again."), SamplePicture::Window},
    {"refused-port", QT_TRANSLATE_NOOP("Samples", "Nobody listens"),
     QT_TRANSLATE_NOOP("Samples", "A connection and a datagram refused: watch the RST and the ICMP error be made."),
     SamplePicture::Refused},
    {"lost-fragment", QT_TRANSLATE_NOOP("Samples", "A lost fragment"),
     QT_TRANSLATE_NOOP("Samples", "Watch a datagram without its middle wait, and be given up after 30 seconds."),
     SamplePicture::Fragments},
    {"hello-udp", QT_TRANSLATE_NOOP("Samples", "A UDP echo, captured"),
     QT_TRANSLATE_NOOP("Samples", "Twenty frames; watch the one for a closed port earn an ICMP error."),
     SamplePicture::Capture},
    {"two-hosts", QT_TRANSLATE_NOOP("Samples", "A thousand frames"),
     QT_TRANSLATE_NOOP("Samples", "Pings, fragments, TCP up and down; watch a server live through it."),
     SamplePicture::Capture},
};

QString translated(const char* text) { return QCoreApplication::translate("Samples", text); }

// A script says it in its first line: "// TCP on loopback: connect, accept, ...".
void readFirstLine(Sample& sample) {
  sample.title = QFileInfo(sample.path).completeBaseName();
  QFile file(sample.path);
  if (sample.capture || !file.open(QIODevice::ReadOnly)) return;
  const tell::HeadLine head = tell::headLineOf(file.readLine().toStdString());
  if (!head.title.empty()) sample.title = QString::fromStdString(tell::spokenWords(head.title));
  sample.watch = QString::fromStdString(tell::spokenWords(head.sentence));
}

// Its place in the table; of a person's own, behind all.
const Known* placeOf(const QString& path) {
  const QString name = QFileInfo(path).completeBaseName();
  return std::ranges::find_if(known, [&](const Known& k) { return name == QLatin1String(k.name); });
}

Sample sampleOf(const QString& path, bool capture) {
  if (const Known* k = placeOf(path); k != std::end(known))
    return {path, translated(k->title), translated(k->watch), capture, k->picture};
  Sample sample{path, {}, {}, capture, capture ? SamplePicture::Capture : SamplePicture::CallPath};
  readFirstLine(sample);
  return sample;
}

} // namespace

std::vector<Sample> samples() {
  std::vector<Sample> all;
  QSet<QString> seen; // one capture is there in both formats
  const auto take = [&](const char* folder, const QStringList& endings, bool capture) {
    for (const auto& entry : dataEntries(folder)) {
      const QString path = QString::fromStdString(entry.string());
      const QFileInfo file(path);
      if (!endings.contains(file.suffix()) || seen.contains(file.completeBaseName())) continue;
      seen.insert(file.completeBaseName());
      all.push_back(sampleOf(path, capture));
    }
  };
  take("walks", {"pkt"}, false);
  take("captures", {"pcap", "pcapng"}, true);
  std::ranges::stable_sort(all, {}, [](const Sample& s) { return std::pair(s.capture, placeOf(s.path)); });
  return all;
}

std::vector<Sample> failures() {
  std::vector<Sample> all;
  for (const auto& entry : dataEntries("failures"))
    if (entry.extension() == ".pkt") all.push_back(sampleOf(QString::fromStdString(entry.string()), false));
  return all;
}

} // namespace sockwalk
