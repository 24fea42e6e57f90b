// The buffer stage: one packet's memory, moved by every step.
//
// It shows the sk_buff that the running path handles, or the one that a person chose (by the chooser, or by a
// click on an sk_buff in another view). Between two calls that have one it stays with the last.
#pragma once
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/selection.h"
#include "views/theme/find_bar.h"
#include "views/walk/view.h"

class QComboBox;
class QFrame;
class QLabel;
class QListView;
class QPushButton;
class QStackedLayout;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace sockwalk {

class ElidedLabel;

class BufferParts;
class BufferStrip;
class BytesPane;
class JourneyModel;
class SideBySide;

class BufferView final : public View {
  Q_OBJECT
public:
  explicit BufferView(Walk& walk, QWidget* parent = nullptr);
  const tell::BufferPicture& picture() const { return m_picture; }
  BufferStrip* strip() const { return m_strip; }
  BufferParts* parts() const { return m_parts; }
  BytesPane* bytesPane() const { return m_bytes; }
  JourneyModel* journeyModel() const { return m_stops; }
  SideBySide& besides() { return *m_besides; }
  bool isBeside() const { return m_isBeside; }
  void setBeside(bool on); // several side by side, or one
  void setPictureOnly();   // without the lists of bytes, fields and stops
  FindBar* findBar() { return m_find; }
  bool find() override;

private:
  enum FieldRole { FromRole = Qt::UserRole, ToRole, HeaderRole, InsideRole };
  void buildHeader(QWidget* page);
  void buildMiddle(QWidget* page);
  void buildFoot(QWidget* page);
  void buildFind();
  void buildBeside(QWidget* page);
  void showBeside();
  std::vector<QTreeWidgetItem*> allFields() const;
  FindBar::Found findBytes(const QString& text, int direction);
  QWidget* buildEmpty();
  void restyle();
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void fitHeight();
  void arrange(bool low, bool lowest);
  std::vector<QWidget*> lists() const;
  void hideLists();

  void reset();
  void opened() override { reset(); }
  void recorded() override;
  void moved(EventIndex from, EventIndex position, bool jump) override;
  void focused(u64 address) override;
  void restyled() override { restyle(); }
  // ---- buffer_selection.cpp
  void showSelection();
  void selectByte(int offset); // the field around it, or the byte alone
  void selectEverywhere(const QTreeWidgetItem* item);
  void markSelection();
  void selectInPage(int fragment, int offset);
  struct Marked {
    int from = 0, to = 0, fragment = -1; // offsets from head, or in a fragment
    explicit operator bool() const { return to > from; }
  };
  Marked marked(const tell::Selection& selection) const;
  int subject() const; // the life to show at the playhead; -1: none
  void choose(u64 address);
  void showPicture(bool glide, EventIndex from);
  void showTexts();
  void showChooser();
  void showFields();
  void showJourney();
  tell::BufferPicture pictureAt(EventIndex position);
  void addField(QTreeWidgetItem* parent, const FrameField& field);
  void light(int from, int to, bool scroll);
  void lightItem(QTreeWidgetItem* item);
  QTreeWidgetItem* itemAt(int offset) const;
  void selectField(int offset);
  QString fieldWords(const QTreeWidgetItem* item) const;

  tell::BufferLives m_lives;
  tell::BufferJourneys m_journeys;
  std::unique_ptr<Playhead> m_elsewhere; // for the small pictures
  tell::BufferPicture m_picture;
  int m_life = -1;   // shown last
  int m_linked = -1; // has what is selected, until the walk moves
  u64 m_chosen = 0;  // address of the sk_buff to stay with; 0: follow the path
  std::vector<u64> m_choices;

  QStackedLayout* m_pages;
  ElidedLabel *m_subtitle, *m_family, *m_breach, *m_fate;
  QLabel *m_title, *m_bytesTitle, *m_fieldsTitle, *m_fieldNote, *m_journeyTitle, *m_times;
  QLabel *m_sentence, *m_lesson, *m_emptyText;
  QFrame* m_callout;
  bool m_lowest = false, m_pictureOnly = false;
  QPushButton* m_next;
  QToolButton* m_openBeside;
  QComboBox* m_chooser;
  BufferStrip* m_strip;
  BufferParts* m_parts;
  BytesPane* m_bytes;
  QTreeWidget* m_fields;
  QListView* m_journey;
  JourneyModel* m_stops;
  SideBySide* m_besides;
  bool m_isBeside = false;
  FindBar* m_find;
  qsizetype m_foundByte = -1;
};

} // namespace sockwalk
