// A drawn handout as a file.
#pragma once
#include "app/handout/handout_pictures.h"

class QIODevice;

namespace sockwalk {

// One page of HTML with all of its pictures in it, which a browser shows and prints; "" if it was stopped.
QByteArray handoutHtml(HandoutPictures& pictures, const HandoutProgress& goOn = {});
// A4, with shapes and words as such. False if it cannot be written, or was stopped.
bool writeHandoutPdf(HandoutPictures& pictures, QIODevice& file, const HandoutProgress& goOn = {});

// By the ending of the path, .pdf or .html; what stood there is replaced once all is drawn. Gives how many stops it has.
Result<std::size_t> writeHandout(const QString& lesson, bool answers, const QString& path,
                                 const HandoutProgress& goOn = {});

} // namespace sockwalk
