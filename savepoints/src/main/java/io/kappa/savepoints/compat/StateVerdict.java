package io.kappa.savepoints.compat;

/**
 * What becomes of one state, or of an operator as a whole.
 *
 * @param operator its uid, or its id where the savepoint has no uid
 * @param state the empty text: all of the operator
 * @param reason in words
 */
public record StateVerdict(String operator, String state, Verdict verdict, String reason) {}
