// A card to press: a picture, a title and a sentence. It stands upright (a door) or lies (a row of a list).
#pragma once
#include "app/sample_picture.h"
#include <QAbstractButton>

namespace sockwalk {

class PictureCard final : public QAbstractButton {
  Q_OBJECT
public:
  enum class Shape { Upright, Lying };
  PictureCard(Shape shape, SamplePicture picture, const QString& title, const QString& words,
              QWidget* parent = nullptr);
  void setFoot(const QString& foot); // small, below all; of an upright card
  QSize sizeHint() const override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override; // so that no word is cut
  bool wordsFit() const;                        // as it is now

protected:
  void paintEvent(QPaintEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

private:
  double wordsHeight(double width) const; // of title and sentence
  QRectF pictureArea() const;
  QRectF wordsArea() const; // title, and the sentence below
  void paintWords(QPainter& painter) const;

  Shape m_shape;
  SamplePicture m_picture;
  QString m_title, m_words, m_foot;
};

} // namespace sockwalk
