// The application-wide look of Qt's own widgets, made from a theme.
//
// Widgets choose a variant with dynamic properties (set before they are shown):
//   QPushButton/QToolButton  primary=true    filled with the accent: one per view at most
//   QPushButton/QToolButton  link=true       a word that acts, without a frame
//   QFrame                   card=true       white card, hairline, 6 px corners
//   QFrame                   callout=true    tinted card for questions and hints
//   QFrame                   warning=true    amber card; danger=true: red card
//   QLabel                   role=title|muted|small|mono|accent|changed|danger|good
//   QTabBar                  plain=true      words only (the bottom dock); otherwise pills
//   any view                 mono=true       monospace (tables of members, source, console)
#pragma once

#include <QPalette>
#include <QString>

namespace sockwalk {

class Theme;

QPalette widgetPalette(const Theme& theme);
QString styleSheet(const Theme& theme);
// A style sheet of another's, paper's for example: "@accent@" is the colour of that name, "@mono@" and "@sans@" the type,
// "@12px@" grows with the type.
QString inLooksOf(const Theme& theme, const QString& sheet);

} // namespace sockwalk
