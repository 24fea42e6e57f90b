<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Gallery</name>
    <message numerus="yes">
        <source>%n places are not right.</source>
        <translation>
            <numerusform>%n place is not right.</numerusform>
            <numerusform>%n places are not right.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::ComparePane</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::FilmWords</name>
    <message numerus="yes">
        <source>%n step(s), %1 pictures, %2 seconds</source>
        <translation>
            <numerusform>%n step, %1 pictures, %2 seconds</numerusform>
            <numerusform>%n steps, %1 pictures, %2 seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::FindPane</name>
    <message numerus="yes">
        <source>%n places</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::HandoutWords</name>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::HeatModel</name>
    <message numerus="yes">
        <source>%n writes</source>
        <translation>
            <numerusform>%n write</numerusform>
            <numerusform>%n writes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::LessonEnd</name>
    <message numerus="yes">
        <source>Of its %n question(s) you answered %1 right at once.</source>
        <translation>
            <numerusform>Of its %n question you answered %1 right at once.</numerusform>
            <numerusform>Of its %n questions you answered %1 right at once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::LessonGuide</name>
    <message numerus="yes">
        <source>%n thing(s) are wrong with this lesson:</source>
        <translation>
            <numerusform>%n thing is wrong with this lesson:</numerusform>
            <numerusform>%n things are wrong with this lesson:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::LessonTrouble</name>
    <message numerus="yes">
        <source>%1: %n thing(s) are wrong with this lesson</source>
        <translation>
            <numerusform>%1: %n thing is wrong with this lesson</numerusform>
            <numerusform>%1: %n things are wrong with this lesson</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::MainWindow</name>
    <message numerus="yes">
        <source>The walk differs from its script in %n places:</source>
        <translation>
            <numerusform>The walk differs from its script in %n place:</numerusform>
            <numerusform>The walk differs from its script in %n places:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n follow this walk</source>
        <translation>
            <numerusform>%n follows this walk</numerusform>
            <numerusform>%n follow this walk</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n steps in %1</source>
        <translation>
            <numerusform>%n step in %1</numerusform>
            <numerusform>%n steps in %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::ObjectsStage</name>
    <message numerus="yes">
        <source>%n objects more have no room in the picture.</source>
        <translation>
            <numerusform>%n object more has no room in the picture.</numerusform>
            <numerusform>%n objects more have no room in the picture.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::PresenterWindow</name>
    <message numerus="yes">
        <source>%1 · %n follow · </source>
        <translation>
            <numerusform>%1 · %n follows · </numerusform>
            <numerusform>%1 · %n follow · </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::RecentFiles</name>
    <message numerus="yes">
        <source>%n bookmark(s)</source>
        <translation>
            <numerusform>%n bookmark</numerusform>
            <numerusform>%n bookmarks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::Rescue</name>
    <message numerus="yes">
        <source>%n more after it.</source>
        <translation>
            <numerusform>%n more after it.</numerusform>
            <numerusform>%n more after it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::RoomLine</name>
    <message numerus="yes">
        <source>%n follow</source>
        <translation>
            <numerusform>%n follows</numerusform>
            <numerusform>%n follow</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::TimelineCanvas</name>
    <message numerus="yes">
        <source>%n calls more are too many or too short to be told here; zoom in to see them.</source>
        <translation>
            <numerusform>%n call more is too short to be told here; zoom in to see it.</numerusform>
            <numerusform>%n calls more are too many or too short to be told here; zoom in to see them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::TransportBar</name>
    <message numerus="yes">
        <source>%n step(s) a second</source>
        <translation>
            <numerusform>%n step a second</numerusform>
            <numerusform>%n steps a second</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sockwalk::WelcomePage</name>
    <message numerus="yes">
        <source>%n lesson(s): predict, then step; the engine&apos;s own values answer.</source>
        <translation>
            <numerusform>%n lesson: predict, then step; the engine&apos;s own values answer.</numerusform>
            <numerusform>%n lessons: predict, then step; the engine&apos;s own values answer.</numerusform>
        </translation>
    </message>
</context>
</TS>
