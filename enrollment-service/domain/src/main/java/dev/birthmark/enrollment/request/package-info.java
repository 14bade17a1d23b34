/**
 * The one gate through which every certification request comes, at whatever entrance: decoding,
 * proof of possession, the key gate. What it lets through may be put into a group.
 */
@NullMarked
package dev.birthmark.enrollment.request;

import org.jspecify.annotations.NullMarked;
