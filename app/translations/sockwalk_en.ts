<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <name>sockwalk::TransportBar</name>
    <message numerus="yes">
        <source>%n step(s) a second</source>
        <translation>
            <numerusform>%n step a second</numerusform>
            <numerusform>%n steps a second</numerusform>
        </translation>
    </message>
</context>
</TS>
