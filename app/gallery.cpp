#include "app/application.h"
#include "app/gallery_page.h"
#include "app/gallery_scenes.h"
#include "app/offscreen.h"
#include "app/picture_check.h"
#include "app/view_factory.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <cstdio>
#include <map>
#include <QDialog>
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSettings>

namespace sockwalk {
namespace {

int complain(int code, const QString& message) {
  std::fprintf(stderr, "sockwalk: gallery: %s\n", qPrintable(message));
  return code;
}

struct Titles {
  Q_DECLARE_TR_FUNCTIONS(Gallery)
};

bool wanted(const std::vector<std::string>& only, const QString& name) {
  return only.empty() || std::ranges::find(only, name.toStdString()) != only.end();
}

QString titleOf(const Scene& scene) {
  return scene.view.isEmpty() ? Titles::tr(scene.title) : Titles::tr("%1, alone").arg(viewTitle(scene.view));
}

// ---- looks
struct NamedLook {
  QString size, column; // "1280x800", "light, English"
  QString suffix;       // of the file
  Look look;
};

QSize sizeNamed(const QString& name) {
  if (name == "large") return {1280, 800};
  return {name.section('x', 0, 0).toInt(), name.section('x', 1).toInt()};
}

std::vector<NamedLook> looks(const GalleryOptions& options) {
  std::vector<NamedLook> out;
  for (const QString size : GallerySizes)
    for (const QString language : {"en", "zh"})
      for (const QString theme : {"light", "dark"}) {
        if (!wanted(options.sizes, size) || !wanted(options.themes, theme) || !wanted(options.languages, language))
          continue;
        const Language spoken = language == "zh" ? Language::Chinese : Language::English;
        out.push_back({size,
                       theme + ", " + language,
                       QString("%1-%2-%3").arg(size, theme, language),
                       {theme == "dark", spoken, sizeNamed(size), size == "large"}});
      }
  return out;
}

// ---- pictures
QImage drawn(QWidget& widget) {
  QImage image(widget.size(), QImage::Format_RGB32);
  image.fill(widget.palette().color(QPalette::Window));
  widget.render(&image);
  return image;
}

// A dialog stands in the middle of its window, as a desktop puts it there.
QImage drawn(QWidget& window, QDialog* above) {
  QImage image = drawn(window);
  if (!above) return image;
  const QImage dialog = drawn(*above);
  const QPoint at((image.width() - dialog.width()) / 2, (image.height() - dialog.height()) / 2);
  QPainter painter(&image);
  painter.setOpacity(0.35);
  painter.fillRect(image.rect(), theme().color(Role::Title));
  painter.setOpacity(1);
  painter.fillRect(QRect(at, dialog.size()).adjusted(-1, -1, 1, 1), theme().color(Role::Hairline));
  painter.drawImage(at, dialog);
  return image;
}

class Gallery {
public:
  explicit Gallery(const GalleryOptions& options) : m_options(options), m_looks(looks(options)) {
    for (const Scene& scene : scenes())
      if (wanted(options.only, scene.name)) m_scenes.push_back(&scene);
  }

  int run() {
    for (const NamedLook& look : m_looks) {
      wear(look.look);
      for (const Scene* scene : m_scenes) draw(*scene, look);
    }
    wear({false, askedLanguage().value_or(Language::English)}); // to say the rest
    if (!m_options.output.empty() && !writePage()) m_code = Failed;
    if (m_options.check) sayTrouble();
    return m_code;
  }

private:
  QString fileOf(const Scene& scene, const NamedLook& look) const { return scene.name + "-" + look.suffix + ".png"; }
  QString pathOf(const QString& file) const { return QDir(QString::fromStdString(m_options.output)).filePath(file); }

  void draw(const Scene& scene, const NamedLook& look) {
    std::printf("%d/%zu  %s\n", ++m_drawn, m_looks.size() * m_scenes.size(),
                qPrintable(fileOf(scene, look).chopped(4)));
    std::fflush(stdout);
    QSettings().clear(); // nobody has chosen anything before
    const Result<void> shown = scene.show(look.look.size, [&](QWidget& window, QDialog* above) {
      drawn(window, above); // what is laid out only when it is painted
      settle();
      if (m_options.check) lookAt(window, above, scene, look);
      const QString path = pathOf(fileOf(scene, look));
      if (m_options.output.empty() || drawn(window, above).save(path, "PNG")) return;
      m_code = complain(Failed, Titles::tr("%1: cannot be written").arg(path));
    });
    if (!shown) m_code = complain(Failed, scene.name + ": " + QString::fromStdString(shown.error().message));
  }

  void lookAt(QWidget& window, QDialog* above, const Scene& scene, const NamedLook& look) {
    const QString where = QString("%1-%2").arg(scene.name, look.suffix);
    for (QWidget* widget : {&window, static_cast<QWidget*>(above)})
      if (widget)
        for (Trouble& trouble : troubleIn(*widget, look.look.size)) m_trouble[std::move(trouble)] << where;
  }

  // The same trouble stands in many pictures; it is said once, with those in which it is.
  void sayTrouble() {
    for (const auto& [trouble, pictures] : m_trouble)
      std::printf("%s\n    %s\n", qPrintable(trouble.words()), qPrintable(pictures.join(' ')));
    if (m_trouble.empty()) return void(std::puts(qPrintable(Titles::tr("Nothing is cut, covered or overlaps."))));
    std::puts(qPrintable(Titles::tr("%n places are not right.", nullptr, int(m_trouble.size()))));
    m_code = std::max(m_code, Failed);
  }

  bool writePage() const {
    std::vector<GalleryRow> rows;
    for (const Scene* scene : m_scenes) {
      GalleryRow row{scene->name, titleOf(*scene), {}, {}, {}};
      for (const NamedLook& look : m_looks) {
        if (row.sizes.empty() || row.sizes.back() != look.size)
          row.sizes.push_back(look.size), row.files.emplace_back();
        if (row.sizes.size() == 1) row.columns.push_back(look.column);
        row.files.back().push_back(fileOf(*scene, look));
      }
      rows.push_back(std::move(row));
    }
    QSaveFile file(pathOf("index.html"));
    if (file.open(QIODevice::WriteOnly) && file.write(galleryPage(rows).toUtf8()) >= 0 && file.commit()) return true;
    return complain(Failed, Titles::tr("%1: cannot be written: %2").arg(file.fileName(), file.errorString())) == Done;
  }

  const GalleryOptions& m_options;
  std::vector<NamedLook> m_looks;
  std::vector<const Scene*> m_scenes;
  std::map<Trouble, QStringList> m_trouble;
  int m_drawn = 0, m_code = Done;
};

// ---- the README's
struct ReadmePicture {
  const char* scene;
  bool dark;
};
constexpr ReadmePicture ReadmePictures[] = {{"walk", false},   {"buffer", false},  {"tcp", true},
                                            {"tables", false}, {"packets", false}, {"question", false}};

int drawReadme(const GalleryOptions& options) {
  int code = Done;
  for (const auto& [language, ending] : {std::pair(Language::English, ".png"), std::pair(Language::Chinese, ".zh.png")})
    for (const ReadmePicture& picture : ReadmePictures) {
      const Look look{picture.dark, language};
      wear(look);
      QSettings().clear();
      const QString path = QDir(QString::fromStdString(options.output)).filePath(picture.scene + QString(ending));
      std::puts(qPrintable(path));
      const auto scene = std::ranges::find(scenes(), QString(picture.scene), &Scene::name);
      const Result<void> shown = scene->show(look.size, [&](QWidget& window, QDialog* above) {
        drawn(window, above);
        settle();
        if (!drawn(window, above).save(path, "PNG"))
          code = complain(Failed, Titles::tr("%1: cannot be written").arg(path));
      });
      if (!shown) code = complain(Failed, path + ": " + QString::fromStdString(shown.error().message));
    }
  return code;
}

// "" if it is there, or could be made.
QString folderTrouble(const QString& folder) {
  if (folder.isEmpty() || QDir(folder).exists() || QDir().mkpath(folder)) return {};
  return QFileInfo::exists(folder) ? Titles::tr("%1: is no folder").arg(folder)
                                   : Titles::tr("%1: the folder cannot be made").arg(folder);
}

} // namespace

std::vector<std::string> galleryScenes() {
  std::vector<std::string> names;
  for (const Scene& scene : scenes()) names.push_back(scene.name.toStdString());
  return names;
}

int gallery(QtArguments& qt, const GalleryOptions& options) {
  const Offscreen offscreen;
  Application app(qt);
  wear({false, askedLanguage().value_or(Language::English)});
  applyTheme(app);
  if (const std::string wrong = Application::applyStyle(qt); !wrong.empty())
    return complain(BadUsage, QString::fromStdString(wrong));
  if (const QString wrong = folderTrouble(QString::fromStdString(options.output)); !wrong.isEmpty())
    return complain(BadUsage, wrong);
  return options.readme ? drawReadme(options) : Gallery(options).run();
}

} // namespace sockwalk
