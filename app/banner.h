// A calm line above the stage for what went wrong, or what is worth knowing: it says so, and goes when told.
#pragma once
#include <QFrame>

class QLabel;

namespace sockwalk {

class Banner final : public QFrame {
  Q_OBJECT
public:
  enum class Kind { Error, Hint };
  explicit Banner(QWidget* parent = nullptr);
  // Lines after the first are shown in monospace: places in files, commands to type. They can be copied.
  void say(Kind kind, const QString& message);
  QString message() const { return m_message; }

private:
  QLabel *m_headline, *m_rest;
  QString m_message;
};

} // namespace sockwalk
