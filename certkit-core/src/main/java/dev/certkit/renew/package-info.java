/**
 * Certificates that are requested and renewed by themselves, on a device that nobody looks after and that loses its power at
 * any moment.
 *
 * <p>{@link dev.certkit.renew.Renewer} does it, {@link dev.certkit.renew.RenewalPolicy} says when. What is remembered of an
 * identity's requests is one record on the shelf {@code renewals}, beside the record of the identity itself:
 *
 * <pre>
 *  PLANNED ---- due, no veto ----> STARTED ---- key and request stored ----> SENDING ---- deferred ----> WAITING
 *     ^                              |                                      |   ^  |                    |   ^  |
 *     |&lt;-- no key may be made -------+                                      |   +--+ not reached        |   +--+ poll
 *     |&lt;-- refused (the key goes), failed, polled enough (the key stays) ---+---------------------------+
 *     |                                                                     | issued: stored beside its key,
 *     |                                                                     v the old pair stands beside it
 *     +----- next time chosen, history closed ----- CLEANING &lt;--- taken --- TAKING ---+
 *                                                                             ^------+ not taken, again later
 * </pre>
 *
 * <p>Each arrow is one write, under a claim that only one process has, and is made before the next thing is done. Where the
 * power goes, and what follows:
 *
 * <ul>
 *   <li>In STARTED: the key is stored or it is not; if not, it is made anew, since nobody has seen it.
 *   <li>In SENDING and WAITING: the key is stored and the authority may have certified it. The same request goes out once
 *       more, under the same transaction, and the authority gives the answer that it gave.
 *   <li>After the certificate was installed, which is one write of the identity's record, but before that was noted: no request
 *       is pending and another certificate is in use than when the request began, so it goes on in TAKING.
 *   <li>In TAKING and CLEANING: the callback is called once more; what is deleted may be gone already.
 * </ul>
 *
 * <p>A request that ended without an answer keeps its key, and the next one is for that key. Only a refusal, which says that
 * there is no certificate, gives a key up; then, and in everything else that goes wrong, the pair in use stays as it is.
 *
 * <p><b>Why</b>
 *
 * <ul>
 *   <li>A time is chosen once and stored, with the reason in words. Chosen at each start, it would move with each restart, and
 *       a fleet that lost its power together would meet again.
 *   <li>A start that was missed by more than ten minutes, in a power cut or because the clock was set, is moved by chance once
 *       more: whoever missed it did so together with others.
 *   <li>Due times are the storage's: no clock of a worker can make another one's work due. A time that was chosen later than it is now
 *       was chosen by a clock that was ahead, and is chosen anew; unless the certificate proves that it is now that is wrong,
 *       as on a device without a battery that wakes in 1970: that one waits for its clock. No clock deletes anything.
 *   <li>A certificate that came just now and should have been renewed already, by this clock, proves that a clock is wrong. The next
 *       would look no younger, so it is requested a day later, not at once: a device whose clock was 80 days ahead asked for a
 *       certificate every few minutes.
 *   <li>Waits after failures are random over their whole length. Without that, who failed together comes back together:
 *       it is worse than no waiting. They are at most a twelfth of the time that is left, because with a fixed longest wait of six
 *       hours a third of a fleet with certificates of one day expired in an outage of six hours.
 *   <li>A server that says {@code Retry-After} is left alone for that long and up to ten minutes more by chance, at most a day and a
 *       quarter of the time that is left, or a twelfth if the certificate is about to expire.
 *   <li>It never gives up by itself: after expiry it goes on daily, since a device that asks no more needs a visit.
 *   <li>A busy server (429, 503) is no error to wait hours for; any other HTTP status is, and so is a refusal.
 *   <li>Installing replaces the old pair in one write. So that a consumer that cannot take the new one, a server that does not
 *       restart, is not left without either, the old pair stands under {@code NAME (previous)} until it is taken.
 *   <li>The challenge is asked for when a key is made, and stands in the request that is stored, sealed as keys are, until
 *       the answer is there: the request must be sent again the same to the octet.
 *   <li>While automatic requests are on, nobody changes settings or requests by hand, so that a half-changed setting is never
 *       what a request at night is made by. That they were turned off is a record of its own, on the shelf
 *       {@code renewal-switches}: a power cut turns nothing on.
 * </ul>
 *
 * <p><b>What the usual policy does to an authority</b>: 100,000 devices that were all enrolled in the same ten minutes, an
 * authority of 200 certificates a second with ten seconds of queue, an outage that begins with the first renewal. From the
 * test {@code FleetSimulationTest}, which lets the policy itself choose every time.
 *
 * <table>
 *   <caption>Renewal of 100,000 devices</caption>
 *   <tr><th>lifetime, outage</th><th>starts</th><th>peak, requests a second</th><th>requests of a device</th>
 *       <th>drained after the outage</th><th>expired</th><th>least time left</th></tr>
 *   <tr><td>90 days, none</td><td>1 to 600 s</td><td>195</td><td>1.0</td><td>0.3 h</td><td>0</td><td>720 h</td></tr>
 *   <tr><td>90 days, 24 h</td><td>1 to 600 s</td><td>697</td><td>17.2</td><td>6.0 h</td><td>0</td><td>690 h</td></tr>
 *   <tr><td>7 days, 24 h</td><td>1 to 600 s</td><td>697</td><td>17.4</td><td>5.0 h</td><td>0</td><td>55 h</td></tr>
 *   <tr><td>1 day, 6 h</td><td>1 to 600 s</td><td>697</td><td>22.1</td><td>0.5 h</td><td>0</td><td>5.5 h</td></tr>
 *   <tr><td>90 days, none</td><td>spread out</td><td>4</td><td>1.0</td><td>-</td><td>0</td><td>360 h</td></tr>
 *   <tr><td>90 days, 24 h</td><td>spread out</td><td>7</td><td>1.8</td><td>-</td><td>0</td><td>360 h</td></tr>
 *   <tr><td>7 days, 24 h</td><td>spread out</td><td>28</td><td>7.9</td><td>-</td><td>0</td><td>42 h</td></tr>
 *   <tr><td>1 day, 6 h</td><td>spread out</td><td>161</td><td>14.6</td><td>0.5 h</td><td>0</td><td>5.5 h</td></tr>
 * </table>
 *
 * <p>The same with every other device without power for three and a half days, from the first renewal on. When the power is back,
 * all of them have missed their time:
 *
 * <table>
 *   <caption>Renewal of 100,000 devices, half of them without power for 84 hours</caption>
 *   <tr><th>lifetime, outage</th><th>starts</th><th>peak, requests a second</th><th>requests of a device</th>
 *       <th>drained after both</th><th>expired</th><th>least time left</th></tr>
 *   <tr><td>90 days, 24 h</td><td>1 to 600 s</td><td>358</td><td>9.1</td><td>0.2 h</td><td>0</td><td>636 h</td></tr>
 *   <tr><td>14 days, 24 h</td><td>1 to 600 s</td><td>358</td><td>9.1</td><td>0.2 h</td><td>0</td><td>28 h</td></tr>
 *   <tr><td>14 days, 96 h</td><td>1 to 600 s</td><td>447</td><td>39.0</td><td>1.3 h</td><td>0</td><td>15 h</td></tr>
 *   <tr><td>90 days, 24 h</td><td>spread out</td><td>33</td><td>1.4</td><td>-</td><td>0</td><td>360 h</td></tr>
 *   <tr><td>14 days, 24 h</td><td>spread out</td><td>115</td><td>3.6</td><td>0.2 h</td><td>0</td><td>28 h</td></tr>
 *   <tr><td>14 days, 96 h</td><td>spread out</td><td>469</td><td>34.4</td><td>1.3 h</td><td>0</td><td>15 h</td></tr>
 * </table>
 *
 * <p>Ten minutes suit 100,000 devices for an authority of this size. A million of them ask up to 5,900 times a second at the
 * start, 6 times each, and none expires: for such a fleet,
 * {@linkplain dev.certkit.renew.RenewalPolicy#spreadOut spread the starts out}.
 */
@NullMarked
package dev.certkit.renew;

import org.jspecify.annotations.NullMarked;
