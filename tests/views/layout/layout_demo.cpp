// Draws the call path of socket(2) at inet_create, and a small object graph, with the theme, light and dark.
// Pictures for the eye: layout_demo DIR writes call_path-light.png and so on.
#include "tests/views/layout/sample_calls.h"
#include "views/layout/graph_layout.h"
#include "views/theme/icons.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPainter>
#include <QtWidgets>

#include <cstdio>

using namespace sockwalk;

namespace {

// VFS stands below the socket layer in this picture: that is the way the calls go.
int bandOf(Layer layer) {
  static const QList<Layer> order{Layer::User, Layer::Socket, Layer::Vfs, Layer::Inet, Layer::Transport};
  return static_cast<int>(order.indexOf(layer));
}

Layer layerOfBand(int band) {
  static const QList<Layer> order{Layer::User, Layer::Socket, Layer::Vfs, Layer::Inet, Layer::Transport};
  return order[band];
}

Tense tenseOf(const std::vector<SampleCall>& calls, int call, int running) {
  if (call == running) return Tense::Running;
  for (int up = running; up >= 0; up = calls[up].parent)
    if (up == call) return Tense::Active;
  return call < running ? Tense::Past : Tense::Future;
}

QPixmap callPath(double maxRowWidth, bool keepOrder) {
  const std::vector<SampleCall> calls = sampleCalls();
  std::vector<LayoutNode> nodes;
  std::vector<LayoutEdge> edges;
  int running = 0;
  for (int i = 0; i < static_cast<int>(calls.size()); ++i) {
    nodes.push_back({i, pillSize(calls[i].name), bandOf(calls[i].layer)});
    if (calls[i].parent >= 0) edges.push_back({calls[i].parent, i});
    if (calls[i].name == "inet_create") running = i;
  }
  LayoutOptions options;
  options.maxRowWidth = maxRowWidth;
  options.keepOrder = keepOrder;
  QElapsedTimer timer;
  timer.start();
  const LayoutResult result = layoutGraph(nodes, edges, options);
  std::printf("%zu nodes: %lld us, %.0f x %.0f\n", nodes.size(), static_cast<long long>(timer.nsecsElapsed() / 1000),
              result.size.width(), result.size.height());

  QPixmap picture(result.size.toSize() + QSize(16, 16));
  picture.fill(theme().color(Role::Card));
  QPainter painter(&picture);
  painter.translate(8, 8);
  for (const BandBox& band : result.bands) {
    const Layer layer = layerOfBand(band.band);
    drawBand(painter, band.rect, layer, QString::fromLatin1(layerName(layer).data()));
  }
  for (Tense pass : {Tense::Future, Tense::Past, Tense::Active})
    for (std::size_t e = 0; e < edges.size(); ++e) {
      Tense tense = tenseOf(calls, edges[e].to, running);
      if (tense == Tense::Running) tense = Tense::Active;
      if (tense == pass) drawEdge(painter, result.edges[e].points, tense);
    }
  for (int i = 0; i < static_cast<int>(calls.size()); ++i)
    drawPill(painter, result.nodes[i], calls[i].layer, tenseOf(calls, i, running), calls[i].name);
  return picture;
}

struct Object {
  QString name;
  Layer layer;
  QStringList rows;
};

void drawObject(QPainter& painter, const QRectF& box, const Object& object) {
  painter.setPen(QPen(theme().layer(object.layer).line, 1.4));
  painter.setBrush(theme().color(Role::Card));
  painter.drawRoundedRect(box, 6, 6);
  painter.setFont(theme().mono(12, QFont::Bold));
  painter.setPen(theme().layer(object.layer).text);
  painter.drawText(box.adjusted(10, 5, 0, 0), object.name);
  painter.setFont(theme().mono(11));
  painter.setPen(theme().color(Role::Text));
  for (int r = 0; r < object.rows.size(); ++r) painter.drawText(box.adjusted(10, 28 + 20 * r, 0, 0), object.rows[r]);
}

QPixmap objects() {
  const std::vector<Object> all{
      {"task_struct", Layer::User, {"pid 100", "files"}},
      {"files_struct", Layer::Vfs, {"fd[0]", "fd[1]", "fd[2]", "fd[3]"}},
      {"file", Layer::Vfs, {"f_op", "private_data", "f_inode"}},
      {"socket", Layer::Socket, {"state", "type", "file", "sk", "ops"}},
      {"inode", Layer::Vfs, {"i_ino", "i_mode"}},
      {"tcp_sock #1", Layer::Transport, {"sk_prot", "sk_state", "sk_socket", "sk_receive_queue"}},
      {"tcp_prot", Layer::Transport, {"name", "init"}},
      {"inet_stream_ops", Layer::Inet, {"family", "connect"}},
  };
  std::vector<LayoutNode> nodes;
  for (int i = 0; i < static_cast<int>(all.size()); ++i)
    nodes.push_back({i, QSizeF(160, 34 + 20 * static_cast<double>(all[i].rows.size()))});
  const auto row = [](int r) { return 36.0 + 20 * r; };
  const std::vector<LayoutEdge> edges{
      {0, 1, 1, true, {}, row(1), 14}, {1, 2, 1, true, {}, row(3), 14}, {2, 3, 1, true, {}, row(1), 14},
      {2, 4, 1, true, {}, row(2), 14}, {3, 2, 1, true, {}, row(2)},     {3, 5, 1, true, {}, row(3), 14},
      {3, 7, 1, true, {}, row(4), 14}, {5, 3, 1, true, {}, row(2)},     {5, 6, 1, true, {}, row(0), 14},
  };
  LayoutOptions options;
  options.direction = LayoutOptions::Direction::LeftToRight;
  options.rowGap = 56;
  options.nodeGap = 24;
  const LayoutResult result = layoutGraph(nodes, edges, options);
  QPixmap picture(result.size.toSize() + QSize(16, 16));
  picture.fill(theme().color(Role::Card));
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(8, 8);
  for (const EdgeRoute& route : result.edges) drawEdge(painter, route.points, Tense::Past);
  for (int i = 0; i < static_cast<int>(all.size()); ++i) drawObject(painter, result.nodes[i], all[i]);
  return picture;
}

void fillToolBar(QMainWindow& window) {
  auto* bar = window.addToolBar("Transport");
  bar->setIconSize({16, 16});
  for (int i = 0; i < iconCount; ++i) {
    auto* button = new QToolButton;
    const bool primary = static_cast<Icon>(i) == Icon::Run;
    button->setProperty("primary", primary);
    button->setIcon(makeIcon(static_cast<Icon>(i), primary ? IconTone::OnAccent : IconTone::Normal));
    button->setEnabled(static_cast<Icon>(i) != Icon::ToStart);
    bar->addWidget(button);
  }
  auto* slider = new QSlider(Qt::Horizontal);
  slider->setMaximumWidth(100);
  slider->setValue(50);
  bar->addWidget(slider);
  auto* search = new QLineEdit;
  search->setPlaceholderText("Search functions, objects, steps…   Ctrl+P");
  bar->addWidget(search);
}

QWidget* stages() {
  auto* tabs = new QTabWidget;
  auto* table = new QTableWidget(6, 4);
  table->setProperty("mono", true);
  table->verticalHeader()->hide();
  table->setHorizontalHeaderLabels({"off", "size", "member", "value"});
  for (int r = 0; r < 6; ++r)
    for (int c = 0; c < 4; ++c) table->setItem(r, c, new QTableWidgetItem(QString::number(8 * r * (c + 1))));
  table->selectRow(3);
  tabs->addTab(table, "Call path");
  tabs->addTab(new QTextEdit("Words"), "Objects");
  tabs->addTab(new QWidget, "Buffer");
  return tabs;
}

QWidget* lessonCard() {
  auto* lesson = new QFrame;
  lesson->setProperty("card", true);
  auto* words = new QVBoxLayout(lesson);
  const auto label = [&](const char* text, const char* role, QLayout* into) {
    auto* l = new QLabel(text);
    l->setProperty("role", role);
    l->setWordWrap(true);
    into->addWidget(l);
  };
  label("Lesson 2 · socket(2), step by step", "title", words);
  label("stop 5 of 11", "small", words);
  label("The family's create() has been called. inet_create must now find out which protocol you meant.", "", words);
  auto* callout = new QFrame;
  callout->setProperty("callout", true);
  auto* question = new QVBoxLayout(callout);
  label("Predict", "accent", question);
  question->addWidget(new QRadioButton("tcp_prot"));
  auto* chosen = new QRadioButton("udp_prot");
  chosen->setChecked(true);
  question->addWidget(chosen);
  question->addWidget(new QCheckBox("remember"));
  words->addWidget(callout);
  label("changed", "changed", words);
  words->addStretch();
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(new QPushButton("Back"));
  auto* next = new QPushButton("Next");
  next->setProperty("primary", true);
  buttons->addWidget(next);
  words->addLayout(buttons);
  return lesson;
}

// Qt's own widgets under the style sheet.
QPixmap widgets() {
  QMainWindow window;
  window.resize(1100, 560);
  fillToolBar(window);
  window.menuBar()->addMenu("File");
  window.menuBar()->addMenu("Sockets");
  window.setCentralWidget(stages());
  auto* dock = new QDockWidget("Lesson");
  dock->setWidget(lessonCard());
  window.addDockWidget(Qt::LeftDockWidgetArea, dock);
  auto* combo = new QComboBox;
  combo->addItems({"Step: function", "Step: line"});
  window.statusBar()->addWidget(new QLabel("Linux 6.1 · boot + socket_tcp.pkt"));
  window.statusBar()->addPermanentWidget(combo);
  window.show();
  QApplication::processEvents();
  return window.grab();
}

} // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  applyTheme(app);
  const QString dir = argc > 1 ? argv[1] : ".";
  QDir().mkpath(dir);
  const std::pair<ThemeChoice, const char*> choices[]{{ThemeChoice::Light, "light"}, {ThemeChoice::Dark, "dark"}};
  for (const auto& [choice, name] : choices) {
    ThemeHub::instance().setChoice(choice);
    const QString tail = QString("-%1.png").arg(name);
    callPath(900, true).save(dir + "/call_path" + tail);
    callPath(900, false).save(dir + "/call_path_free" + tail);
    objects().save(dir + "/objects" + tail);
    widgets().save(dir + "/widgets" + tail);
  }
  return 0;
}
