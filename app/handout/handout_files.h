// A drawn handout as a file.
#pragma once
#include "app/handout/handout_pictures.h"
#include <QStringList>

namespace sockwalk {

// One page of HTML with all of its pictures in it, which a browser shows and prints; "" if it was stopped.
QByteArray handoutHtml(HandoutPictures& pictures, const HandoutProgress& goOn = {});
// A4, with words as such, and shapes where a picture has room; "" if it was stopped.
QByteArray handoutPdf(HandoutPictures& pictures, const HandoutProgress& goOn = {});
// Of several lessons, behind a page with what they are (HTML).
Result<QByteArray> coursePdf(const QStringList& lessons, bool answers, const QString& title, const QString& contents);
// The page that leads to others: a heading, and what stands below it.
QByteArray pageOf(const QString& title, const QString& html);

// By the ending of the path, .pdf or .html; what stood there is replaced once all is drawn. Gives how many stops it has.
Result<std::size_t> writeHandout(const QString& lesson, bool answers, const QString& path,
                                 const HandoutProgress& goOn = {});

// Several lessons, in their order and by their parts: one .pdf, or a folder with a page of each, NN-topic.html, and
// index.html, which leads to them. Gives how many lessons there are.
Result<std::size_t> writeCourse(const QStringList& lessons, bool answers, const QString& path);

} // namespace sockwalk
