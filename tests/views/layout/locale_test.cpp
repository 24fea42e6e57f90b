// Graphviz parses numbers by the C library's locale; under a German one "0.5" reads as 0. The layout must not
// care, and must leave the program's locale as it was.
#include "views/layout/graph_layout.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>

#include <clocale>
#include <cstdlib>

namespace sockwalk {
namespace {

class GermanLocale {
public:
  GermanLocale() : m_before(std::setlocale(LC_ALL, nullptr)) {
    for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "de_DE"})
      if (std::setlocale(LC_ALL, name)) return;
    build();
  }
  ~GermanLocale() {
    unsetenv("LOCPATH");
    std::setlocale(LC_ALL, m_before.c_str());
  }
  bool active() const { return std::localeconv()->decimal_point[0] == ','; }

private:
  // Not installed: made for this test, where the sources of locales are there.
  void build() {
    const std::string path = m_dir.path().toStdString();
    const std::string command = "localedef -i de_DE -f UTF-8 " + path + "/de_DE.UTF-8 >/dev/null 2>&1";
    if (std::system(command.c_str()) != 0) return;
    setenv("LOCPATH", path.c_str(), 1);
    std::setlocale(LC_ALL, "de_DE.UTF-8");
  }

  std::string m_before;
  QTemporaryDir m_dir;
};

TEST(GraphLayoutLocale, germanNumbersChangeNothing) {
  std::vector<LayoutNode> nodes;
  std::vector<LayoutEdge> edges;
  for (int i = 0; i < 12; ++i) {
    nodes.push_back({i, QSizeF(90.5 + i, 26), i / 4});
    if (i > 0) edges.push_back({i / 2, i});
  }
  const LayoutResult plain = layoutGraph(nodes, edges);

  const GermanLocale german;
  if (!german.active()) GTEST_SKIP() << "no German locale here and localedef cannot make one";
  const LayoutResult result = layoutGraph(nodes, edges);
  EXPECT_EQ(result.nodes, plain.nodes);
  EXPECT_EQ(result.size, plain.size);
  EXPECT_EQ(std::localeconv()->decimal_point[0], ',') << "the layout changed the program's locale";
}

} // namespace
} // namespace sockwalk
