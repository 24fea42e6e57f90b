// File > Export film: which view, from where to where, how quick and how large; and then its drawing, which may be stopped.
#pragma once
#include "app/film.h"
#include "engine/base/result.h"
#include <functional>
#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace sockwalk {

class FilmSink;
class Walk;

// A stretch that a person may mean.
struct FilmStretch {
  QString title;
  EventIndex from, to;
};
// The system call or frame here, the function that runs, between the bookmarks around, the whole walk.
std::vector<FilmStretch> filmStretches(Walk& walk, const std::vector<EventIndex>& bookmarks);

class FilmDialog final : public QDialog {
  Q_OBJECT
public:
  FilmDialog(Walk& walk, const QString& view, const std::vector<EventIndex>& bookmarks, QWidget* parent = nullptr);
  FilmWish wish() const;

private:
  void buildPace(QFormLayout& form);
  void chooseStretch(int index);
  void look(); // how long it becomes, or why it cannot be

  Walk& m_walk;
  std::vector<FilmStretch> m_stretches;
  QComboBox *m_view, *m_stretch, *m_unit, *m_size;
  QLineEdit *m_from, *m_to;
  QSpinBox* m_pictures;
  QDoubleSpinBox* m_steps;
  QLabel* m_length;
  QPushButton* m_ok;
  EventIndex m_begin = 0, m_end = 0;
  QString m_problem;
};

// Draws it in the pauses of the window, with a bar and a button to stop. Errors: what went wrong; stopped by the person: no
// error, and false.
Result<bool> drawFilm(Walk& walk, const FilmWish& wish, FilmSink& sink, QWidget* parent);

} // namespace sockwalk
