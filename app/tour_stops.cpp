#include "app/tour_stops.h"
#include "app/main_window.h"
#include "app/search_box.h"
#include "app/stage.h"
#include "app/transport_bar.h"
#include "app/view_factory.h"
#include "engine/tell/in_words.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>

namespace sockwalk {
namespace {

struct TourWords {
  Q_DECLARE_TR_FUNCTIONS(sockwalk::Tour)
};

// ---- where the parts are

QRect inWindow(const MainWindow& window, const QWidget* part) {
  return part && part->isVisible() ? QRect(part->mapTo(&window, QPoint()), part->size()) : QRect();
}

QRect stepButtons(MainWindow& window) {
  QRect all;
  for (const QToolButton* button : window.transport().findChildren<QToolButton*>())
    for (const Command c :
         {Command::StepBackInto, Command::Run, Command::StepInto, Command::StepOver, Command::StepOut})
      if (button->defaultAction() == window.commands()[c]) all |= inWindow(window, button);
  return all.adjusted(-4, -4, 4, 4);
}

QMenu* menuNamed(MainWindow& window, const char* name) { return window.menuBar()->findChild<QMenu*>(name); }

QRect menuTitle(MainWindow& window, const char* name) {
  const QMenu* menu = menuNamed(window, name);
  if (!menu) return {};
  return window.menuBar()->actionGeometry(menu->menuAction()).translated(window.menuBar()->pos());
}

std::function<QRect()> partNamed(MainWindow& window, const QString& view) {
  return [&window, view] { return inWindow(window, window.view(view)); };
}

// ---- what is waited for

using Wait = decltype(TourStop::wait);

Wait onAction(QAction* action) {
  return [action](QObject* context, std::function<void()> done) {
    return QObject::connect(action, &QAction::triggered, context, done, Qt::QueuedConnection); // it has acted by then
  };
}
Wait onJump(Walk& walk) {
  return [&walk](QObject* context, std::function<void()> done) {
    return QObject::connect(&walk, &Walk::moved, context, [done](EventIndex, EventIndex, bool jump) {
      if (jump) done();
    });
  };
}
Wait onMenu(QMenu* menu) {
  return [menu](QObject* context, std::function<void()> done) {
    // Once the menu bar has let go of the keys.
    return QObject::connect(menu, &QMenu::aboutToHide, context, done, Qt::QueuedConnection);
  };
}

// ---- what has come of it

QString functionNow(MainWindow& window) {
  const auto stack = window.walk().playhead().callStack();
  if (stack.empty()) return TourWords::tr("the program");
  const Journal& journal = window.walk().journal();
  return text(journal.function(journal[stack.back()]).name) + "()";
}
QString callNow(MainWindow& window) {
  const Walk& walk = window.walk();
  const int stimulus = walk.position() ? walk.journal().stimulusAt(walk.position() - 1) : -1;
  return stimulus < 0 ? QString() : shown(tell::stimulusText(walk.journal().stimuli()[std::size_t(stimulus)].text));
}

QString keyOf(const QAction* action) {
  return action ? action->shortcut().toString(QKeySequence::NativeText) : QString();
}

// A stop whose key is one of the walk's.
TourStop stepping(MainWindow& window, Command command) {
  TourStop stop;
  stop.wait = onAction(window.commands()[command]);
  stop.task = TourWords::tr("Press %1.").arg(keyOf(window.commands()[command]));
  return stop;
}

TourStop transportStop(MainWindow& window) {
  TourStop stop = stepping(window, Command::StepInto);
  stop.title = TourWords::tr("Step by step");
  stop.text =
      TourWords::tr("A program has called the kernel, and everything that the kernel did was recorded. With these "
                    "buttons, or their keys, you go through that record, forward and backward.");
  stop.after = [&window] { return TourWords::tr("One step: you are in %1 now.").arg(functionNow(window)); };
  stop.target = [&window] { return stepButtons(window); };
  return stop;
}

TourStop callPathStop(MainWindow& window) {
  TourStop stop = stepping(window, Command::StepInto);
  stop.title = TourWords::tr("Where in the kernel");
  stop.text =
      TourWords::tr("The path of the call: each box is a function, and its colour is its layer. The one that runs "
                    "is filled. Click a box to go there.");
  stop.after = [&window] { return TourWords::tr("%1 is the one that runs now.").arg(functionNow(window)); };
  stop.view = "call-path";
  stop.target = [&window] { return inWindow(window, window.stage().currentView()); };
  return stop;
}

TourStop wordsStop(MainWindow& window) {
  TourStop stop = stepping(window, Command::StepBackInto);
  stop.title = TourWords::tr("In words");
  stop.text =
      TourWords::tr("What has just happened, in a sentence, and all functions of this call. Every step also goes "
                    "back: memory is then what it was.");
  stop.after = [&window] { return TourWords::tr("You are back in %1.").arg(functionNow(window)); };
  stop.view = "lesson";
  stop.target = partNamed(window, "lesson");
  return stop;
}

TourStop structureStop(MainWindow& window) {
  TourStop stop = stepping(window, Command::StepOver);
  stop.title = TourWords::tr("The kernel's structures");
  stop.text = TourWords::tr("The object at hand with its real members and values, and for each of them who wrote it. "
                            "A step over runs a function to its end.");
  stop.after = [] { return TourWords::tr("What that step has written is marked until the next one."); };
  stop.view = "structure";
  stop.target = partNamed(window, "structure");
  return stop;
}

TourStop sourceStop(MainWindow& window) {
  TourStop stop = stepping(window, Command::StepInto);
  stop.title = TourWords::tr("The source");
  stop.text = TourWords::tr("The line that runs, in the function's own file. The functions that called it are listed "
                            "above it.");
  stop.after = [&window] { return TourWords::tr("This line belongs to %1.").arg(functionNow(window)); };
  stop.view = "source";
  stop.target = partNamed(window, "source");
  return stop;
}

TourStop timelineStop(MainWindow& window) {
  TourStop stop = stepping(window, Command::NextStimulus);
  stop.title = TourWords::tr("The whole walk");
  stop.text = TourWords::tr("All calls over time; the red line is where you are. Drag it, or click a bar. System calls "
                            "and arriving frames stand along the top.");
  stop.after = [&window] { return TourWords::tr("The next thing that the program did: %1").arg(callNow(window)); };
  stop.view = "timeline";
  stop.target = partNamed(window, "timeline");
  return stop;
}

TourStop packetsStop(MainWindow& window) {
  TourStop stop;
  auto* const action = window.findChild<QAction*>("view:packets");
  stop.wait = onAction(action);
  stop.task = TourWords::tr("Press %1.").arg(keyOf(action));
  stop.title = TourWords::tr("Packets");
  stop.text =
      TourWords::tr("Every frame, with what became of it and the function that decided. Each view of the window "
                    "has a key of its own: the View menu lists them.");
  stop.after = [] { return TourWords::tr("A click on a frame leads to where the kernel handled it."); };
  stop.target = [&window] { // behind its tab until it is called
    const QRect shown = inWindow(window, window.view("packets"));
    return shown.isEmpty() ? inWindow(window, window.view("timeline")) : shown;
  };
  return stop;
}

TourStop searchStop(MainWindow& window) {
  TourStop stop;
  stop.wait = onJump(window.walk());
  stop.title = TourWords::tr("Find anything");
  stop.text = TourWords::tr("Functions, objects, steps: you need not know where they are.");
  stop.task = TourWords::tr("Press Ctrl+P, type udp_rcv and press Enter.");
  stop.after = [&window] { return TourWords::tr("You are in %1.").arg(functionNow(window)); };
  stop.target = [&window] { return inWindow(window, &window.transport().search()); };
  stop.room = [&window] { // for the list of what is found
    const QRect field = inWindow(window, &window.transport().search());
    const int wide = std::max(field.width(), int(theme().scaled(420)));
    return QRect(field.right() + 1 - wide, field.top(), wide, std::min(window.height(), int(theme().scaled(400))));
  };
  return stop;
}

TourStop lessonsStop(MainWindow& window) {
  TourStop stop;
  QMenu* const menu = menuNamed(window, "lessonsMenu");
  const QString title = menu->title();
  const qsizetype key = title.indexOf('&');
  stop.wait = onMenu(menu);
  stop.title = TourWords::tr("Lessons");
  stop.text = TourWords::tr("A lesson leads through a walk and asks before it shows. It goes on where you left it.");
  stop.task =
      TourWords::tr("Press Alt+%1 to see them, and Esc to close the list.").arg(title.mid(key + 1, 1).toUpper());
  stop.after = [] { return TourWords::tr("They are always here, with how far you came."); };
  stop.target = [&window] { return menuTitle(window, "lessonsMenu"); };
  stop.room = [&window, menu] {
    const QRect name = menuTitle(window, "lessonsMenu");
    return QRect(name.topLeft(),
                 QSize(std::max(name.width(), menu->sizeHint().width()), name.height() + menu->sizeHint().height()));
  };
  return stop;
}

TourStop lastStop(MainWindow& window) {
  TourStop stop;
  stop.title = TourWords::tr("Where to go from here");
  stop.text = TourWords::tr("Open a capture of yours (Ctrl+O), take a lesson, or walk one of the samples (File > Open "
                            "sample). F1 lists the keys; this tour stands in the Help menu. “Finish” brings back what "
                            "was open before.");
  stop.target = [&window] { return menuTitle(window, "helpMenu"); };
  return stop;
}

} // namespace

std::vector<TourStop> tourStops(MainWindow& window) {
  return {transportStop(window), callPathStop(window), wordsStop(window),  sourceStop(window),  structureStop(window),
          timelineStop(window),  packetsStop(window),  searchStop(window), lessonsStop(window), lastStop(window)};
}

} // namespace sockwalk
