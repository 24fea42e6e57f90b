#include "views/walk/socket_choice.h"
#include "views/theme/elided_combo.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QHBoxLayout>
#include <QToolButton>

namespace sockwalk {

SocketChoice::SocketChoice(Walk& walk, RecordReader& reader, QWidget* parent)
    : QWidget(parent), m_walk(walk), m_reader(reader), m_box(new ElidedCombo(this)), m_follow(new QToolButton(this)) {
  m_box->setAccessibleName(tr("The socket that is shown"));
  m_follow->setProperty("link", true);
  m_follow->setText(tr("follow"));
  m_follow->setToolTip(tr("Show the socket that the walk is about"));
  m_follow->setAccessibleName(m_follow->toolTip());
  m_follow->setCheckable(true);
  m_follow->setChecked(true);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 6, 8, 4);
  row->addWidget(m_box, 1);
  row->addWidget(m_follow);
  connect(m_box, &QComboBox::activated, this, [this](int socket) {
    m_follow->setChecked(false);
    m_socket = socket;
    if (const tell::StateWay& way = m_ways.sockets[size_t(socket)]; way.alive) m_walk.setFocus(way.address);
    emit chosen();
  });
  connect(m_follow, &QToolButton::toggled, this, [this](bool on) {
    if (!on) return;
    refresh();
    emit chosen();
  });
}

bool SocketChoice::follows() const { return m_follow->isChecked(); }

void SocketChoice::forget() {
  m_ways = {};
  m_read = 0;
  m_socket = -1;
  m_box->clear();
}

void SocketChoice::refresh() {
  if (!m_walk.isOpen()) return;
  if (m_read != m_reader.record().packets.seen() && m_reader.atEnd()) {
    m_ways = tell::readStateWays(m_walk.journal(), m_reader.record());
    m_read = m_reader.record().packets.seen();
    fill();
  }
  tell::setMoment(m_ways, m_walk.journal(), m_walk.position());
  if (follows() || m_socket < 0) m_socket = lookedAt() < 0 ? m_ways.around : lookedAt();
  m_socket = std::min(m_socket, static_cast<int>(m_ways.sockets.size()) - 1);
  m_box->setCurrentIndex(m_socket);
}

int SocketChoice::lookedAt() const {
  const u64 focus = m_walk.focus();
  for (int i = 0; focus && i < static_cast<int>(m_ways.sockets.size()); ++i)
    if (m_ways.sockets[size_t(i)].alive && m_ways.sockets[size_t(i)].address == focus) return i;
  return -1;
}

void SocketChoice::fill() {
  for (int i = 0; i < static_cast<int>(m_ways.sockets.size()); ++i) {
    const tell::StateWay& way = m_ways.sockets[size_t(i)];
    const QString host = way.host.empty() ? QString() : text(way.host) + ' ';
    const QString name = host + text(way.socket) + "  " + text(way.ends);
    if (i < m_box->count()) m_box->setItemText(i, name);
    else m_box->addItem(name);
  }
  while (m_box->count() > static_cast<int>(m_ways.sockets.size())) m_box->removeItem(m_box->count() - 1);
}

} // namespace sockwalk
