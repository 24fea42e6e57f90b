// Below a lesson's text and question: what happens now, in two lines, and, once the question is answered, what the engine
// says to that. From the first verdict or hint on it is as high as the longest that it may have to say at this stop.
#pragma once
#include <QLabel>

namespace sockwalk {

class SaidPlace final : public QLabel {
  Q_OBJECT
public:
  explicit SaidPlace(QWidget* parent = nullptr);
  void keepRoomFor(const QStringList& verdicts); // of a new stop, which has not been answered
  void now(const QString& sentence);
  void hint(const QString& words);
  void verdict(bool right, const QString& words);
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {40, heightForWidth(width())}; }

signals:
  void grows(); // about to: what is above it becomes less high, and should stay where it is

protected:
  void resizeEvent(QResizeEvent*) override { fit(); }

private:
  void grow();
  void say(const QString& words, const char* role);
  void fit();

  QStringList m_verdicts;
  QString m_words;
  bool m_judged = false;
  bool m_right = false; // which stays until the next stop; a wrong answer's verdict goes with the next step
};

} // namespace sockwalk
