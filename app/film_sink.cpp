#include "app/film_sink.h"
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QImageWriter>
#include <QProcess>
#include <QSaveFile>
#include <QStandardPaths>

namespace sockwalk {
namespace {

Error cannot(const QString& path, const QString& why) { return Error{QString("%1: %2").arg(path, why).toStdString()}; }

// ---- a folder
class PictureFolder final : public FilmSink {
public:
  explicit PictureFolder(const QString& path) : m_dir(path) {}
  ~PictureFolder() override {
    if (m_finished) return;
    for (int i = 1; i <= m_count; ++i) m_dir.remove(nameOf(i));
    QDir().rmdir(m_dir.path());
  }
  Result<void> add(const QImage& picture) override {
    QSaveFile file(m_dir.filePath(nameOf(++m_count)));
    const bool written = file.open(QIODevice::WriteOnly) && picture.save(&file, "PNG") && file.commit();
    if (!written) return cannot(file.fileName(), file.errorString());
    return {};
  }
  Result<void> finish() override {
    m_finished = true;
    return {};
  }

private:
  static QString nameOf(int picture) { return QString("picture-%1.png").arg(picture, 5, 10, QChar('0')); }

  QDir m_dir;
  int m_count = 0;
  bool m_finished = false;
};

Result<std::unique_ptr<FilmSink>> openFolder(const QString& path) {
  if (QFileInfo(path).exists() && !QFileInfo(path).isDir())
    return cannot(path, FilmWords::tr("is a file and no folder"));
  if (!QDir(path).isEmpty()) return cannot(path, FilmWords::tr("is a folder with something in it; name a new one"));
  if (!QDir().mkpath(path)) return cannot(path, FilmWords::tr("the folder cannot be made"));
  return std::unique_ptr<FilmSink>(std::make_unique<PictureFolder>(path));
}

// ---- ffmpeg
// GIF has 256 colours: the best for this film are found first. MP4 wants even sides, and what every player plays.
QStringList wordsFor(const QString& ending) {
  if (ending == "gif")
    return {"-vf", "split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=none", "-f", "gif"};
  return {"-vf",       "pad=ceil(iw/2)*2:ceil(ih/2)*2",
          "-c:v",      "libx264",
          "-crf",      "18",
          "-pix_fmt",  "yuv420p",
          "-movflags", "+faststart",
          "-f",        "mp4"};
}

class Ffmpeg final : public FilmSink {
public:
  Ffmpeg(const QString& path, QSize size, int picturesASecond) : m_path(path), m_part(path + ".part"), m_size(size) {
    QStringList words{"-y",
                      "-loglevel",
                      "error",
                      "-f",
                      "rawvideo",
                      "-pix_fmt",
                      "bgr0",
                      "-s",
                      QString("%1x%2").arg(size.width()).arg(size.height()),
                      "-r",
                      QString::number(picturesASecond),
                      "-i",
                      "-",
                      "-an"};
    words << wordsFor(QFileInfo(path).suffix().toLower()) << m_part;
    m_program.setProcessChannelMode(QProcess::MergedChannels);
    m_program.start(ffmpeg(), words);
  }
  ~Ffmpeg() override {
    if (m_finished) return;
    m_program.kill();
    m_program.waitForFinished();
    QFile::remove(m_part);
  }
  bool begin() { return m_program.waitForStarted(); }
  QString why() const { return m_program.errorString(); }
  bool busy() override {
    constexpr qint64 Pictures = 8;
    if (m_program.bytesToWrite() < Pictures * m_size.width() * m_size.height() * 4) return false;
    m_program.waitForBytesWritten(20);
    return true;
  }
  Result<void> add(const QImage& picture) override {
    if (m_program.state() != QProcess::Running) return failed();
    const QImage plain = picture.convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < plain.height(); ++y)
      if (m_program.write(reinterpret_cast<const char*>(plain.constScanLine(y)), plain.width() * 4) < 0)
        return failed();
    return {};
  }
  Result<void> finish() override {
    m_program.closeWriteChannel();
    m_program.waitForFinished(-1);
    if (m_program.exitStatus() != QProcess::NormalExit || m_program.exitCode()) return failed();
    m_finished = true;
    QFile::remove(m_path); // openFilm() has asked whether it may go
    if (QFile::rename(m_part, m_path)) return {};
    QFile::remove(m_part);
    return cannot(m_path, FilmWords::tr("cannot be written"));
  }

private:
  // What it said last is what stopped it: no room on the disk, no such folder.
  Error failed() {
    m_program.waitForFinished(2000);
    const QStringList said = QString::fromLocal8Bit(m_program.readAll()).split('\n', Qt::SkipEmptyParts);
    return cannot(m_path, said.isEmpty() ? FilmWords::tr("ffmpeg has stopped")
                                         : FilmWords::tr("ffmpeg says: %1").arg(said.last().trimmed()));
  }

  QString m_path, m_part;
  QSize m_size;
  QProcess m_program;
  bool m_finished = false;
};

} // namespace

QString ffmpeg() { return QStandardPaths::findExecutable(QStringLiteral("ffmpeg")); }

QString ffmpegIsMissing() {
  return FilmWords::tr(
      "The program ffmpeg makes MP4 and GIF of the pictures, and it is not installed here: sudo apt install ffmpeg. "
      "Without it the film can be a folder of PNG pictures.");
}

Result<std::unique_ptr<FilmSink>> openFilm(const QString& path, QSize size, int picturesASecond, bool replace) {
  const QString ending = QFileInfo(path).suffix().toLower();
  if (ending.isEmpty()) return openFolder(path);
  if (ending != "mp4" && ending != "gif")
    return cannot(path, FilmWords::tr("expected a name that ends in .mp4 or .gif, or a folder's"));
  if (QFileInfo::exists(path) && !replace) return cannot(path, FilmWords::tr("is there already"));
  if (ffmpeg().isEmpty()) return Error{ffmpegIsMissing().toStdString()};
  if (!QFileInfo(QFileInfo(path).path()).isWritable())
    return cannot(path, FilmWords::tr("its folder cannot be written to"));
  auto sink = std::make_unique<Ffmpeg>(path, size, picturesASecond);
  if (!sink->begin()) return cannot(path, sink->why());
  return std::unique_ptr<FilmSink>(std::move(sink));
}

} // namespace sockwalk
