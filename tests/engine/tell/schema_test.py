#!/usr/bin/env python3
"""What is told as JSON has the form that its schemas say: schema_test.py PROGRAM SOURCES

PROGRAM prints what is told of a walk (json_samples.cpp); the walks are all of assets/walks and of the lessons."""
import json
import pathlib
import subprocess
import sys

import jsonschema


def main(program, sources):
    sources = pathlib.Path(sources)
    schemas = {}
    for path in sorted((sources / "tests/engine/tell/schemas").glob("*.json")):
        schema = json.loads(path.read_text())
        jsonschema.Draft7Validator.check_schema(schema)
        schemas[path.stem] = jsonschema.Draft7Validator(schema)
    walks = sorted([*(sources / "assets/walks").glob("*.pkt"), *(sources / "lessons").glob("*/scenario.pkt")])
    assert schemas and len(walks) > 5, "no schemas or no walks where they are looked for"
    wrong, seen = 0, set()
    for walk in walks:
        told = json.loads(subprocess.run([program, walk], check=True, capture_output=True).stdout)
        assert sorted(told) == sorted(schemas), f"a schema for each: {sorted(told)}"
        for name, value in told.items():
            for moment in value:
                if (said := (name, json.dumps(moment))) in seen:
                    continue
                seen.add(said)
                for error in schemas[name].iter_errors(moment):
                    wrong += 1
                    where = "/".join(str(part) for part in error.absolute_path)
                    print(f"{walk.relative_to(sources)}: {name}: {where}: {error.message}")
    print(f"{len(walks)} walks, {len(schemas)} schemas, {wrong} errors")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
