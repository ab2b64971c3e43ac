#!/usr/bin/env node
// Committed as JavaScript, so that npm can link the command before anything is compiled.
import "../dist/cli.js";
