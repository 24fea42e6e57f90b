// A drawn handout as a file.
#pragma once
#include "app/handout/handout_pictures.h"

namespace sockwalk {

// One page of HTML with all of its pictures in it, which a browser shows and prints; "" if it was stopped.
QByteArray handoutHtml(HandoutPictures& pictures, const HandoutProgress& goOn = {});
// A4, with shapes and words as such; "" if it was stopped.
QByteArray handoutPdf(HandoutPictures& pictures, const HandoutProgress& goOn = {});

// By the ending of the path, .pdf or .html; what stood there is replaced once all is drawn. Gives how many stops it has.
Result<std::size_t> writeHandout(const QString& lesson, bool answers, const QString& path,
                                 const HandoutProgress& goOn = {});

} // namespace sockwalk
