#include "views/lesson/lesson_text.h"
#include "views/theme/theme.h"
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QTextBlock>
#include <QTextList>

namespace sockwalk {

LessonText::LessonText(QWidget* parent) : QTextBrowser(parent) {
  setOpenExternalLinks(true);
  setFrameShape(QFrame::NoFrame);
}

// Room between paragraphs and between lines, the kernel's names in its own type.
void LessonText::showWords(const QString& markdown, const QString& folder) {
  m_folder = folder;
  QTextDocument* doc = document();
  doc->setDocumentMargin(0);
  doc->setDefaultFont(theme().sans(12));
  setMarkdown(markdown);
  for (QTextBlock b = doc->begin(); b.isValid(); b = b.next()) {
    QTextCursor cursor(b);
    QTextBlockFormat format = b.blockFormat();
    const bool item = b.textList() != nullptr;
    format.setBottomMargin(theme().scaled(item ? 3 : 7));
    format.setTopMargin(0);
    format.setLineHeight(112, QTextBlockFormat::ProportionalHeight);
    cursor.setBlockFormat(format);
    for (auto f = b.begin(); !f.atEnd(); ++f) {
      if (!f.fragment().charFormat().fontFixedPitch()) continue;
      QTextCursor part(doc);
      part.setPosition(f.fragment().position());
      part.setPosition(f.fragment().position() + f.fragment().length(), QTextCursor::KeepAnchor);
      QTextCharFormat mono;
      mono.setFontFamilies(monoFamilies());
      mono.setForeground(theme().color(Role::Accent));
      part.mergeCharFormat(mono);
    }
  }
  moveCursor(QTextCursor::Start);
}

// Of the lesson's folder only; a picture is as wide as the words at most.
QVariant LessonText::loadResource(int type, const QUrl& name) {
  if (type != QTextDocument::ImageResource || m_folder.isEmpty()) return {};
  const QString folder = QFileInfo(m_folder).canonicalFilePath() + '/';
  const QString file = QFileInfo(QDir(m_folder).filePath(name.path())).canonicalFilePath();
  if (!file.startsWith(folder)) return {};
  const QImage image(file);
  const int width = std::max(80, viewport()->width() - 4);
  return image.width() > width ? image.scaledToWidth(width, Qt::SmoothTransformation) : image;
}

} // namespace sockwalk
