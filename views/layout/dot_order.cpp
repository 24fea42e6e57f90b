#include "views/layout/dot_order.h"

#include <graphviz/gvc.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <locale.h>
#include <memory>

namespace sockwalk {
namespace {

// Graphviz reads and writes numbers with the C library's functions, which obey the locale: under a German one
// "0.5" would be 0. Only this thread's locale is changed, and only while this object lives.
class CLocale {
public:
  CLocale() : m_c(newlocale(LC_NUMERIC_MASK, "C", duplocale(uselocale(nullptr)))), m_before(uselocale(m_c)) {}
  ~CLocale() {
    uselocale(m_before);
    freelocale(m_c);
  }
  CLocale(const CLocale&) = delete;
  CLocale& operator=(const CLocale&) = delete;

private:
  locale_t m_c;
  locale_t m_before;
};

struct FreeContext {
  void operator()(GVC_t* context) const { gvFreeContext(context); }
};
using Context = std::unique_ptr<GVC_t, FreeContext>;

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
using Graph = std::unique_ptr<Agraph_t, CloseGraph>;

// What a layout hangs on the graph must go before the graph does.
class Layout {
public:
  Layout(GVC_t* context, Agraph_t* graph)
      : m_context(context), m_graph(graph), m_done(gvLayout(context, graph, "dot") == 0) {}
  ~Layout() {
    if (m_done) gvFreeLayout(m_context, m_graph);
  }
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;
  explicit operator bool() const { return m_done; }

private:
  GVC_t* m_context;
  Agraph_t* m_graph;
  bool m_done;
};

// The library's interface takes char* where it means const char*.
char* text(const char* s) { return const_cast<char*>(s); }

class DotGraph {
public:
  DotGraph(const std::vector<RowItem>& items, const std::vector<RowLink>& links, int rowCount, bool keepOrder,
           bool roughly)
      : m_graph(agopen(text("rows"), Agstrictdirected, nullptr)) {
    setDefaults(keepOrder);
    if (roughly) {
      agattr(m_graph.get(), AGRAPH, text("nslimit"), text("0.01"));
      agattr(m_graph.get(), AGRAPH, text("mclimit"), text("0.3"));
    }
    addItems(items);
    tieRows(items, rowCount);
    for (const RowLink& link : links) addLink(link.upper, link.lower, link.weight);
  }

  Agraph_t* get() const { return m_graph.get(); }
  double x(std::size_t item) const { return ND_coord(m_nodes[item]).x; }

private:
  void setDefaults(bool keepOrder) {
    Agraph_t* g = m_graph.get();
    agattr(g, AGRAPH, text("splines"), text("none")); // edges are routed by us
    agattr(g, AGRAPH, text("nodesep"), text("0.02")); // the widths hold the gaps
    agattr(g, AGRAPH, text("ranksep"), text("0.5"));
    agattr(g, AGRAPH, text("rank"), text(""));
    if (keepOrder) agattr(g, AGRAPH, text("ordering"), text("out"));
    agattr(g, AGNODE, text("shape"), text("box"));
    agattr(g, AGNODE, text("label"), text(""));
    agattr(g, AGNODE, text("fixedsize"), text("true"));
    agattr(g, AGNODE, text("height"), text("0.1"));
    m_width = agattr(g, AGNODE, text("width"), text("0.1"));
    m_weight = agattr(g, AGEDGE, text("weight"), text("1"));
  }

  void addItems(const std::vector<RowItem>& items) {
    char buffer[32];
    for (std::size_t i = 0; i < items.size(); ++i) {
      std::snprintf(buffer, sizeof buffer, "i%zu", i);
      m_nodes.push_back(agnode(m_graph.get(), buffer, 1));
      std::snprintf(buffer, sizeof buffer, "%.4f", items[i].width / 72.0); // dot counts in inches
      agxset(m_nodes.back(), m_width, buffer);
    }
  }

  // Every row is one rank, held below the one before by an edge without weight.
  void tieRows(const std::vector<RowItem>& items, int rowCount) {
    std::vector<Agraph_t*> ranks(rowCount, nullptr);
    std::vector<int> first(rowCount, -1);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const int row = items[i].row;
      if (!ranks[row]) {
        char name[32];
        std::snprintf(name, sizeof name, "row%d", row);
        ranks[row] = agsubg(m_graph.get(), name, 1);
        agset(ranks[row], text("rank"), text("same"));
        first[row] = static_cast<int>(i);
      }
      agsubnode(ranks[row], m_nodes[i], 1);
    }
    for (int row = 0; row + 1 < rowCount; ++row)
      if (first[row] >= 0 && first[row + 1] >= 0) m_ties.emplace_back(first[row], first[row + 1]);
  }

  // Two edges between the same places are one for dot, as heavy as both.
  void addLink(int upper, int lower, int weight) {
    Agnode_t *tail = m_nodes[upper], *head = m_nodes[lower];
    if (Agedge_t* there = agedge(m_graph.get(), tail, head, nullptr, 0)) weight += std::atoi(agxget(there, m_weight));
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "%d", weight);
    agxset(agedge(m_graph.get(), tail, head, nullptr, 1), m_weight, buffer);
  }

public:
  // After the real links, so that a tie never takes the place of one or comes before it in the order.
  void addTies() {
    for (const auto& [upper, lower] : m_ties)
      if (!agedge(m_graph.get(), m_nodes[upper], m_nodes[lower], nullptr, 0)) addLink(upper, lower, 0);
  }

  // An edge inside a rank runs left to right: a chain of them leaves dot no choice. dot passes over those of
  // weight 0; weight 1 is little beside that of links and keeps rows together.
  void addOrder(const RowOrder& order) {
    agattr(m_graph.get(), AGRAPH, text("mclimit"), text("0.01"));
    for (const std::vector<int>& row : order)
      for (std::size_t k = 1; k < row.size(); ++k) addLink(row[k - 1], row[k], 1);
  }

private:
  Graph m_graph;
  Agsym_t* m_width = nullptr;
  Agsym_t* m_weight = nullptr;
  std::vector<Agnode_t*> m_nodes;
  std::vector<std::pair<int, int>> m_ties;
};

// dot rounds to whole points; neighbours are moved apart by the fraction that this may have cost them.
void separate(const std::vector<RowItem>& items, int rowCount, std::vector<double>& x) {
  for (const std::vector<int>& row : orderByPlace(items, x, rowCount))
    for (std::size_t k = 1; k < row.size(); ++k) {
      const double room = (items[row[k - 1]].width + items[row[k]].width) / 2;
      x[row[k]] = std::max(x[row[k]], x[row[k - 1]] + room);
    }
}

std::vector<double> run(const std::vector<RowItem>& items, const std::vector<RowLink>& links, int rowCount,
                        bool keepOrder, bool roughly, const RowOrder* order) {
  if (items.empty()) return {};
  const CLocale locale;
  const Context context(gvContext());
  if (!context) return {};
  agseterr(AGERR);
  DotGraph graph(items, links, rowCount, keepOrder, roughly);
  graph.addTies();
  if (order) graph.addOrder(*order);
  const Layout layout(context.get(), graph.get());
  if (!layout) return {};
  std::vector<double> x;
  for (std::size_t i = 0; i < items.size(); ++i) x.push_back(graph.x(i));
  separate(items, rowCount, x);
  return x;
}

} // namespace

std::vector<double> orderWithDot(const std::vector<RowItem>& items, const std::vector<RowLink>& links, int rowCount,
                                 bool keepOrder, bool roughly) {
  return run(items, links, rowCount, keepOrder, roughly, nullptr);
}

std::vector<double> placeWithDot(const std::vector<RowItem>& items, const std::vector<RowLink>& links,
                                 const RowOrder& order) {
  return run(items, links, static_cast<int>(order.size()), false, false, &order);
}

} // namespace sockwalk
