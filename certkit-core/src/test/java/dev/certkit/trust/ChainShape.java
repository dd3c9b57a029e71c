package dev.certkit.trust;

import dev.certkit.trust.ChainFault.Role;
import java.util.Set;

/** How certificates can hang together; the fault is in all certificates of its role, or in those of the first route. */
enum ChainShape {
    DIRECT(Set.of(Role.LEAF, Role.ANCHOR), chain -> {
        chain.anchor("Root");
        chain.leaf("Root");
    }),
    ONE(Set.of(Role.LEAF, Role.ISSUER, Role.ANCHOR), chain -> {
        chain.anchor("Root");
        chain.authority(Role.ISSUER, "Issuer", "Root");
        chain.leaf("Issuer");
    }),
    TWO(Set.of(Role.values()), chain -> {
        chain.anchor("Root");
        chain.authority(Role.UPPER, "Upper", "Root");
        chain.authority(Role.ISSUER, "Issuer", "Upper");
        chain.leaf("Issuer");
    }),
    THREE(Set.of(Role.values()), chain -> {
        chain.anchor("Root");
        chain.authority(Role.UPPER, "Upper", "Root");
        chain.authority(Role.LEAF, "Between", "Upper");
        chain.authority(Role.ISSUER, "Issuer", "Between");
        chain.leaf("Issuer");
    }),
    /** One authority below two anchors: the second route is sound where the first is not. */
    TWO_ROOTS(Set.of(Role.ISSUER, Role.ANCHOR), chain -> {
        chain.anchor("Root");
        chain.secondRoute().anchor("Second root");
        chain.authority(Role.ISSUER, "Issuer", "Root");
        chain.secondRoute().authority(Role.ISSUER, "Issuer", "Second root");
        chain.leaf("Issuer");
    }),
    /** One authority below an anchor and below a root that nobody knows and that is presented, too. */
    STRANGE_ROOT(Set.of(Role.LEAF, Role.ISSUER, Role.ANCHOR), chain -> {
        chain.anchor("Root");
        chain.authority(Role.ISSUER, "Issuer", "Root");
        chain.sound().authority(Role.ISSUER, "Strange root", "Strange root");
        chain.sound().authority(Role.ISSUER, "Issuer", "Strange root");
        chain.leaf("Issuer");
    }),
    /** A new root that is only trusted because the old one signed its key. */
    CROSS_SIGNED_ROOT(Set.of(Role.values()), chain -> {
        chain.anchor("Root");
        chain.sound().authority(Role.UPPER, "New root", "New root");
        chain.authority(Role.UPPER, "New root", "Root");
        chain.authority(Role.ISSUER, "Issuer", "New root");
        chain.leaf("Issuer");
    }),
    /** Two roots that signed each other. */
    CROSS_SIGNED_BOTH_WAYS(Set.of(Role.LEAF, Role.ISSUER, Role.ANCHOR), chain -> {
        chain.anchor("Root");
        chain.anchor("Second root");
        chain.sound().authority(Role.UPPER, "Root", "Second root");
        chain.sound().authority(Role.UPPER, "Second root", "Root");
        chain.authority(Role.ISSUER, "Issuer", "Root");
        chain.leaf("Issuer");
    }),
    MESH(Set.of(Role.LEAF, Role.ISSUER, Role.UPPER), chain -> {
        chain.anchor("Root");
        chain.anchor("Second root");
        for (String root : new String[] {"Root", "Second root"}) {
            chain.authority(Role.UPPER, "Upper", root);
            chain.secondRoute().authority(Role.UPPER, "Upper too", root);
        }
        chain.authority(Role.ISSUER, "Issuer", "Upper");
        chain.secondRoute().authority(Role.ISSUER, "Issuer", "Upper too");
        chain.leaf("Issuer");
    }),
    /** An authority that signed its own new key (RFC 5280, 3.2): it does not count for path lengths. */
    ROLLOVER(Set.of(Role.values()), chain -> {
        chain.anchor("Root");
        chain.authority(Role.UPPER, "Issuer", "Root");
        chain.authority(Role.ISSUER, "Issuer/new", "Issuer");
        chain.leaf("Issuer/new");
    }),
    /** Two authorities of one name, of which one signed. */
    SAME_NAME(Set.of(Role.LEAF, Role.ISSUER, Role.ANCHOR), chain -> {
        chain.anchor("Root");
        chain.sound().authority(Role.UPPER, "Issuer/other", "Root");
        chain.authority(Role.ISSUER, "Issuer", "Root");
        chain.leaf("Issuer");
    }),
    /** The authority above the peer is the anchor, and its own issuer is nobody's business. */
    ANCHOR_IN_THE_MIDDLE(Set.of(Role.LEAF, Role.ANCHOR), chain -> {
        chain.anchorBy("Issuer", "Root");
        chain.leaf("Issuer");
    });

    interface Building {
        void in(ChainGraph.Draft chain);
    }

    private final Set<Role> roles;
    private final Building building;

    ChainShape(Set<Role> roles, Building building) {
        this.roles = roles;
        this.building = building;
    }

    boolean has(ChainFault fault) {
        return roles.contains(fault.role()) && !(this == ROLLOVER && fault == ChainFault.UPPER_PATH_LENGTH_ZERO);
    }

    /** Whether a second route is sound when the first is not. */
    boolean hasSecondRoute(ChainFault fault) {
        return (this == TWO_ROOTS || this == MESH)
                && fault.role() != Role.LEAF
                && fault.weakKey().isEmpty();
    }

    void build(ChainGraph.Draft chain) {
        building.in(chain);
    }
}
