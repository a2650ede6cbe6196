/// The command line for operators: `java -jar standalone.jar rebuild ledger`.
@NullMarked
package dev.sluice.standalone.command;

import org.jspecify.annotations.NullMarked;
