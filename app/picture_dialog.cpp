#include "app/picture_dialog.h"
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockwalk {

PictureDialog::PictureDialog(const QList<std::pair<QString, QString>>& views, const QString& chosen, QWidget* parent)
    : QDialog(parent), m_view(new QComboBox),
      m_whole(new QCheckBox(tr("The &whole picture, not only what is in sight"))) {
  setWindowTitle(tr("Export picture"));
  for (const auto& [name, title] : views) m_view->addItem(title, name);
  m_view->setCurrentIndex(std::max(0, m_view->findData(chosen)));
  m_view->setAccessibleName(tr("What is drawn"));
  auto* words =
      new QLabel(tr("It is drawn without its buttons: as PNG, or as SVG or PDF with text and lines as such."));
  words->setWordWrap(true);
  words->setProperty("role", "muted");
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  buttons->button(QDialogButtonBox::Ok)->setText(tr("&Name the file…"));
  auto* form = new QFormLayout;
  form->addRow(tr("&Picture of"), m_view);
  form->addRow(QString(), m_whole);
  auto* box = new QVBoxLayout(this);
  box->addLayout(form);
  box->addWidget(words);
  box->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  const auto offer = [this] { m_whole->setEnabled(!view().isEmpty()); }; // the window is what it is
  connect(m_view, &QComboBox::currentIndexChanged, this, offer);
  offer();
}

QString PictureDialog::view() const { return m_view->currentData().toString(); }
bool PictureDialog::whole() const { return m_whole->isEnabled() && m_whole->isChecked(); }

} // namespace sockwalk
