// What a lesson's stops look like, drawn for paper: in light, at the size of a page, without a window, each stop by the
// program's own views. While it lives, the program wears what a printer likes.
#pragma once
#include "engine/tell/lessons/handout.h"
#include <functional>
#include <memory>
#include <QByteArray>
#include <QSize>
#include <QString>

class QPainter;

namespace sockwalk {

class HandoutPictures {
public:
  // In the language that is spoken. The error has the first line of what is wrong with the lesson.
  static Result<std::unique_ptr<HandoutPictures>> open(const QString& lesson, bool answers);
  ~HandoutPictures();

  const tell::Handout& paper() const { return m_paper; }
  // Of the picture `index` of a stop; paper().stops[stop].views has as many.
  QString title(std::size_t stop, std::size_t index) const;
  QSize size(std::size_t stop, std::size_t index); // px
  QByteArray svg(std::size_t stop, std::size_t index);
  // At its origin. `room` is the size that was asked for: since then the view may have grown by what it has learnt.
  void paint(QPainter& painter, std::size_t stop, std::size_t index, QSize room);

private:
  HandoutPictures();
  template <class Look> void look(std::size_t stop, std::size_t index, const Look& look);

  class Studio;
  std::unique_ptr<Studio> m_studio;
  tell::Handout m_paper;
};

// Told before each stop; false stops it.
using HandoutProgress = std::function<bool(std::size_t done, std::size_t all)>;

} // namespace sockwalk
