package dev.migrate.spring.actuate;

/** The style sheet of the status page: a list on narrow screens, columns on wide ones. */
final class StatusStyle {

    static final String SHEET =
            """
            main { max-width: 66rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
            h1 { margin: 0; font-size: 1.7rem; overflow-wrap: anywhere; }
            h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; }
            header p { margin: .1rem 0; }
            section.card, ol, .counts { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
            section.card { margin: 1.25rem 0 0; padding: 1rem 1.25rem; border-left: .3rem solid var(--busy); }
            section.card.good { border-left-color: var(--good); }
            section.card.bad { border-left-color: var(--bad); background: var(--warn); }
            section.card.open { border-left-color: var(--open); }
            section.card h2 { margin: 0 0 .25rem; }
            section.card p { margin: .25rem 0; white-space: pre-line; }
            section.card h3 { margin: .75rem 0 0; font-size: 1rem; }
            .counts { display: flex; flex-wrap: wrap; margin: 1.25rem 0 0; padding: .25rem 1.25rem; }
            .counts div { padding: .5rem 2rem .5rem 0; }
            .counts dt { font-size: .9rem; }
            .counts dd { margin: 0; font-size: 1.5rem; font-weight: 600; line-height: 1.2; }
            .good > dd, .badge.good, .good > .track { color: var(--good); }
            .bad > dd, .badge.bad, .bad > .track { color: var(--bad); }
            .busy > dd, .badge.busy, .busy > .track { color: var(--busy); }
            .open > dd, .badge.open, .open > .track { color: var(--open); }
            .faint > dd, .badge.faint, .faint > .track { color: var(--quiet); }
            ol { list-style: none; margin: 0; padding: 0; }
            li { display: grid; grid-template: "mark main state" auto "mark main track" 1fr / 5rem minmax(0, 1fr) 15rem;
              gap: .2rem 1rem; padding: .7rem 1.25rem; }
            li + li { border-top: 1px solid var(--line); }
            .timeline li { grid-template-columns: 12.5rem minmax(0, 1fr) 15rem; }
            .mark { grid-area: mark; }
            .main { grid-area: main; }
            .state { grid-area: state; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 .5rem; }
            li > .track { grid-area: track; padding-top: .2rem; }
            .badge { font-weight: 600; white-space: nowrap; }
            .badge::before { content: ""; display: inline-block; width: .6rem; height: .6rem; margin-right: .45rem;
              border-radius: 50%; background: currentColor; }
            .more, .took { font-size: .9rem; }
            .main p { margin: 0; }
            .name { font-weight: 600; }
            .took { white-space: nowrap; }
            svg { display: block; width: 100%; height: .45rem; border-radius: .2rem; background: var(--line); }
            rect { fill: currentColor; }
            footer { margin-top: 1.5rem; font-size: .9rem; }
            footer p { margin: .1rem 0; }
            @media (max-width: 46rem) {
              li, .timeline li { padding: .7rem 1rem;
                grid-template: "mark" auto "main" auto "state" auto "track" auto / minmax(0, 1fr); }
              .migrations li { grid-template: "mark main" auto "state state" auto "track track" auto / 3.5rem minmax(0, 1fr); }
              .counts { padding: .25rem 1rem; }
              .counts div { padding-right: 1.4rem; }
              section.card { padding: .9rem 1rem; } }
            """;

    private StatusStyle() {}
}
