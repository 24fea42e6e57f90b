// Draws an SVG icon in the sizes that desktops ask for: icons IN.svg OUT_FOLDER NAME CONTEXT writes
// OUT_FOLDER/NxN/CONTEXT/NAME.png
#include <cstdio>
#include <QDir>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QGuiApplication app(argc, argv);
  const QStringList words = QGuiApplication::arguments();
  if (words.size() != 5) return 2;
  QSvgRenderer drawing(words[1]);
  if (!drawing.isValid()) return std::fprintf(stderr, "%s is no drawing\n", argv[1]), 1;
  for (const int size : {16, 22, 24, 32, 48, 64, 128, 256}) {
    QImage image(size, size, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    drawing.render(&painter);
    painter.end();
    const QString folder = QString("%1/%2x%2/%3").arg(words[2]).arg(size).arg(words[4]);
    if (!QDir().mkpath(folder) || !image.save(folder + "/" + words[3] + ".png")) return 1;
  }
  return 0;
}
