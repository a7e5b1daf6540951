/** Processes that outlive the command that started them: launched, known, waited for, ended. */
package io.kappa.local.process;
