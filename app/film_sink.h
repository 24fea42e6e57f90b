// Where the pictures of a film go: an MP4 or a GIF, which the program ffmpeg makes of them, or a folder of PNG files.
// Nothing is at the film's own place until all of it is there; what is given up leaves nothing.
#pragma once
#include "engine/base/result.h"
#include <memory>
#include <QCoreApplication>
#include <QSize>
#include <QString>

class QImage;

namespace sockwalk {

struct FilmWords {
  Q_DECLARE_TR_FUNCTIONS(sockwalk::FilmWords)
};

class FilmSink {
public:
  virtual ~FilmSink() = default;
  virtual bool busy() { return false; } // it has enough to do: another picture later
  virtual Result<void> add(const QImage& picture) = 0;
  virtual Result<void> finish() = 0;
};

// By the name's ending; a name without one is a folder's. What is there already is replaced only if `replace`; of a folder
// that is there, only if it is empty.
Result<std::unique_ptr<FilmSink>> openFilm(const QString& path, QSize size, int picturesASecond, bool replace);
QString ffmpeg();          // where it is; "" if it is not installed
QString ffmpegIsMissing(); // a sentence: how to come by it, and what goes without

} // namespace sockwalk
