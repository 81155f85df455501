import { describe, expect, it } from 'vitest';
import type { Query } from '../../ir/query.ts';
import { applyLogSource } from '../../passes/apply-log-source.ts';
import type { Applied } from '../../passes/apply-log-source.ts';
import { profiles } from '../../schema/profiles/index.ts';
import { render } from '../../text/diagnostic.ts';
import { readSigma } from '../sigma/read.ts';
import { joinPipelines } from './join.ts';
import { looksLikePipeline, readPipeline } from './read.ts';

const source = (text: string) => ({ name: 'pipe.yml', text });
const read = (text: string) => readPipeline(source(text));
const step = (text: string) => `transformations:\n  - ${text.trim().replaceAll('\n', '\n    ')}\n`;

const whoami = `
title: whoami
level: high
tags: [attack.discovery]
logsource: { product: windows, category: process_creation }
detection:
  selection: { Image|endswith: '\\whoami.exe', User: adm }
  condition: selection
`;

function apply(pipeline: string, rule = whoami): Applied {
  const { pipeline: found, diagnostics } = read(pipeline);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [detection] = readSigma([{ name: 'rule.yml', text: rule }]).detections;
  const profile = joinPipelines([found!]);
  const applied = detection!.queries.map((query) => applyLogSource(query, profile, detection));
  return applied[0]!;
}

const bare = ({ where }: Query) =>
  JSON.parse(JSON.stringify(where, (key, value: unknown) => (key === 'origin' ? undefined : value))) as unknown;
const like = (field: string, ...pattern: unknown[]) => ({ kind: 'like', field, pattern, cased: false });
const many = { wild: 'many' };

describe('readPipeline', () => {
  it('knows a pipeline by its keys, broken or not, and a mapping file is none', () => {
    for (const text of [
      'name: x\npriority: 1',
      '{"transformations": []}',
      'transformations:\n  - type: [',
      'vars: {a: b}',
    ])
      expect(looksLikePipeline(source(text)), text).toBe(true);
    for (const text of ['name: x', 'name: x\nfields: { priority: y }', '', '- a', 'name: x\nextends: ecs'])
      expect(looksLikePipeline(source(text)), text).toBe(false);
  });

  it.each([
    ['', 'pipeline/empty'],
    ['- a', 'pipeline/shape'],
    ['name: "x', 'sigma/yaml'],
    ['name: x\n---\nname: y', 'pipeline/documents'],
    ['name: x\ntransformation: []', 'pipeline/unknown-key'],
    ['priority: high', 'pipeline/shape'],
    ['transformations: { type: drop_detection_item }', 'pipeline/shape'],
    [step('id: x'), 'pipeline/no-type'],
    [step('type: field_name_mapping'), 'pipeline/missing-key'],
    [step('type: field_name_mapping\nmapping: [a]'), 'pipeline/shape'],
    [step('type: replace_string\nregex: "("\nreplacement: x'), 'pipeline/regex'],
    [step('type: add_condition\nconditions: { A|contain: x }'), 'sigma/unknown-modifier'],
    [step('type: value_placeholders\ninclude: [a]\nexclude: [b]'), 'pipeline/shape'],
    [step('type: rule_failure\nmessage: x\nrule_conditions: [{ type: logsource }]'), 'pipeline/missing-key'],
    [step('type: rule_failure\nmessage: x\nrule_conditions: [{ category: x }]'), 'pipeline/no-type'],
    [step('type: rule_failure\nmessage: x\nrule_conditions: [{ type: tag, tag: x, op: y }]'), 'pipeline/unknown-key'],
    [step('type: rule_failure\nmessage: x\nrule_cond_expr: a'), 'pipeline/expression'],
    [
      step('type: rule_failure\nmessage: x\nrule_conditions: { a: { type: is_sigma_rule } }\nrule_cond_expr: a and'),
      'pipeline/expression',
    ],
    [
      step('type: rule_failure\nmessage: x\nrule_conditions: { a: { type: is_sigma_rule } }\nrule_cond_expr: b'),
      'pipeline/expression',
    ],
    [
      step(
        `type: rule_failure\nmessage: x\nrule_conditions: { a: { type: is_sigma_rule } }\nrule_cond_expr: ${'('.repeat(5000)}`,
      ),
      'pipeline/expression',
    ],
    [
      step('type: rule_failure\nmessage: x\nrule_conditions: { a: { type: is_sigma_rule } }\nrule_cond_op: xor'),
      'pipeline/unknown-word',
    ],
    [`transformations: ${'[{ type: nest, items: '.repeat(15)}[]${' }]'.repeat(15)}`, 'pipeline/too-deep'],
    ['x'.repeat(4_000_001), 'pipeline/too-large'],
  ])('refuses %j', (text, code) => {
    const { pipeline, diagnostics } = read(text);
    expect(pipeline).toBeNull();
    expect(diagnostics.filter(({ severity }) => severity === 'error').map((each) => each.code)).toEqual([code]);
  });

  it('names what is not carried out, with its place, and reads the rest', () => {
    const text = `name: x
transformations:
  - type: extract_fields
    regex: '(?P<a>b)'
  - type: field_name_maping
    mapping: {}
  - type: field_name_mapping
    mapping: { Image: proc }
    rule_conditions: [{ type: moon_phase }]
  - type: add_field
    field: x
postprocessing:
  - { type: embed, prefix: 'index=win ' }
finalizers:
  - { type: concat }
`;
    const { pipeline, diagnostics } = read(text);
    expect(pipeline!.steps.map(({ change }) => change.kind)).toEqual(['unknown', 'unknown', 'unknown', 'nothing']);
    expect(diagnostics.map(render).join('\n\n')).toMatchInlineSnapshot(`
      "pipe.yml:3:11: warning: the step is left out: values are not cut into fields [pipeline/not-applied]

      3 |   - type: extract_fields
                    ^^^^^^^^^^^^^^

      pipe.yml:5:11: warning: no transformation 'field_name_maping' is known here; the step is left out, and no query of this pipeline counts as exact [pipeline/unknown-type]

      5 |   - type: field_name_maping
                    ^^^^^^^^^^^^^^^^^

      hint: did you mean 'field_name_mapping'?

      pipe.yml:9:31: warning: no condition of the type 'moon_phase' is known here; the step is left out, and no query of this pipeline counts as exact [pipeline/unknown-condition]

      9 |     rule_conditions: [{ type: moon_phase }]
                                        ^^^^^^^^^^

      hint: known are logsource, contains_detection_item, contains_field, processing_item_applied, processing_state, is_sigma_rule, is_sigma_correlation_rule, rule_attribute, tag

      pipe.yml:10:11: warning: this changes which fields are shown, not which events are found: it is not carried out [pipeline/not-applied]

      10 |   - type: add_field
                     ^^^^^^^^^

      pipe.yml:13:13: warning: 'postprocessing' changes printed queries, which is not done here: embed is left out [pipeline/not-applied]

      13 |   - { type: embed, prefix: 'index=win ' }
                       ^^^^^

      pipe.yml:15:13: warning: 'finalizers' changes printed queries, which is not done here: concat is left out [pipeline/not-applied]

      15 |   - { type: concat }
                       ^^^^^^"
    `);
    expect(pipeline!.notes).toMatchInlineSnapshot(`
      [
        "The pipeline's 'postprocessing' (embed) is left out: the query is as it was before.",
        "The pipeline's 'finalizers' (concat) is left out: the query is as it was before.",
      ]
    `);
  });
});

describe('applyPipeline', () => {
  it('renames, repeats an item for each of several names, and leaves the log source to its own steps', () => {
    const { query, assumptions, problems, losses } = apply(
      step('type: field_name_mapping\nmapping: { Image: process.executable, User: [user.name, host.user] }'),
    );
    expect(bare(query)).toEqual({
      kind: 'all',
      of: [
        like('process.executable', many, '\\whoami.exe'),
        { kind: 'any', of: [like('user.name', 'adm'), like('host.user', 'adm')] },
      ],
    });
    expect([problems, losses]).toEqual([[], []]);
    expect(assumptions).toEqual([
      'The pipeline adds no test of the log source (windows, process_creation): only events of it are searched.',
    ]);
  });

  it('tells a verdict of conditions that it adds', () => {
    const { query, assumptions } = apply(
      step(`type: add_condition\ntemplate: true\nconditions: { index: '\${category}', host: [a, b] }`),
    );
    expect(bare(query)).toMatchObject({ of: [like('index', 'process_creation'), { kind: 'any' }, {}, {}] });
    expect(assumptions).toEqual([
      "The pipeline only takes events for which index is 'process_creation', host is 'a' or host is 'b' (step 1, add_condition).",
    ]);
    expect(apply(step(`type: add_condition\ntemplate: true\nconditions: { index: $service }`)).problems).toEqual([
      'the log source of the rule has no service (step 1, add_condition)',
    ]);
  });

  it('says what it does to the rule where a test is left out', () => {
    const drop = (field: string) =>
      step(`type: drop_detection_item\nfield_name_conditions: [{ type: include_fields, fields: [${field}] }]`);
    expect(apply(drop('User'))).toMatchObject({
      query: { where: like('Image', many, '\\whoami.exe') },
      losses: [{ field: 'User', effect: 'wider' }],
    });
    const either = whoami.replace('condition: selection', 'other: { User: x, Image: y }\n  condition: not 1 of them');
    // Without its last test the selection is gone, and an event has one thing less that keeps it from passing.
    expect(apply(drop('User, Image'), either).problems).toEqual([
      'the pipeline leaves no test of the rule over (step 1, drop_detection_item)',
    ]);
    expect(apply(drop('User'), either).losses.map(({ effect }) => effect)).toEqual(['narrower', 'narrower']);
  });

  it('knows of a step that it can not take, but only of rules that the step is for', () => {
    const text = step('type: extract_fields\nregex: x\nrule_conditions: [{ type: logsource, category: CATEGORY }]');
    expect(apply(text.replace('CATEGORY', 'process_creation')).losses).toMatchObject([{ effect: 'differs' }]);
    expect(apply(text.replace('CATEGORY', 'image_load')).losses).toEqual([]);
    const lookup = step('type: query_expression_placeholders\nexpression: "{field} lookup {id}"');
    expect(apply(lookup).losses).toEqual([]);
    const open = whoami.replace('User: adm', "User|expand: '%admins%'");
    expect(apply(lookup, open).losses).toMatchObject([{ effect: 'differs' }]);
    expect(apply(lookup, open).assumptions).toContain('%admins% has no values: the query looks for the text itself.');
  });

  it('fills placeholders, and says which it can not', () => {
    const open = whoami.replace('User: adm', "User|expand: 'x-%admins%'");
    const fill = (rest: string) => `vars: { admins: ['a*', b] }\n${step(`type: ${rest}`)}`;
    expect(bare(apply(fill('value_placeholders'), open).query)).toMatchObject({
      of: [{}, { kind: 'any', of: [like('User', 'x-a', many), like('User', 'x-b')] }],
    });
    expect(apply(fill('value_placeholders\nexclude: [admins]'), open).assumptions).toHaveLength(2);
    expect(apply(step('type: value_placeholders'), open).problems).toHaveLength(1);
    expect(apply(fill('wildcard_placeholders'), open)).toMatchObject({ problems: [], losses: [{ effect: 'wider' }] });
  });

  it('refuses rules on purpose', () => {
    expect(apply(step('type: rule_failure\nmessage: nothing of that kind')).problems).toEqual([
      'the pipeline refuses it, step 1, rule_failure: nothing of that kind',
    ]);
    expect(
      apply(`${step('type: field_name_mapping\nmapping: { Image: proc }')}  - type: strict_field_mapping_failure\n`)
        .problems,
    ).toEqual(['the pipeline has no name for User (step 2, strict_field_mapping_failure)']);
    expect(apply(step('type: convert_type\ntarget_type: num')).problems).toContain(
      "'adm' is no number (step 1, convert_type)",
    );
  });

  it('carries the fields of counts and correlations as well', () => {
    const count = whoami.replace('condition: selection', 'condition: selection | count(Image) by User > 5');
    const rename = step('type: field_name_mapping\nmapping: { Image: proc, User: [user, who] }');
    const { query, problems } = apply(rename, count);
    expect(query.then[0]).toMatchObject({ kind: 'summarize', with: [{ field: 'proc' }] });
    expect(problems).toEqual(['The pipeline does not give User one name, so nothing can be counted or grouped by it.']);
    const correlation = `${whoami.replace('title', 'name: a\ntitle')}---${whoami
      .replace('title', 'name: b\ntitle')
      .replace('whoami.exe', 'id.exe')}---
title: both
correlation: { type: temporal, rules: [a, b], group-by: [User], timespan: 5m }
`;
    const both = apply(step('type: field_name_mapping\nmapping: { User: who }'), correlation).query;
    expect(both.then[0]).toMatchObject({ of: [{ rename: { User: 'who' } }, { rename: { User: 'who' } }] });
    expect(both.then[1]).toMatchObject({ kind: 'sequence', by: ['User'] });
  });

  it('does not let a rule grow without end', () => {
    const grow = (text: string) => `transformations:\n${`  - ${text}\n`.repeat(60)}`;
    for (const text of [
      '{ type: field_name_mapping, mapping: { User: [User, User] } }',
      '{ type: map_string, mapping: { adm: [adm, adm] } }',
      "{ type: replace_string, regex: '.+', replacement: '\\g<0>\\g<0>' }",
    ])
      expect(apply(grow(text)).problems, text).toHaveLength(1);
  });

  it('takes several by their priorities, with the types of a profile', () => {
    const [first, second] = ['a', 'b'].map(
      (name, index) =>
        read(`name: ${name}\npriority: ${9 - index}\n${step(`type: field_name_suffix\nsuffix: .${name}`)}`).pipeline!,
    );
    const profile = joinPipelines([first!, second!], profiles.ecs);
    expect([profile.name, profile.types]).toEqual(['b, a', profiles.ecs.types]);
    const [detection] = readSigma([{ name: 'rule.yml', text: whoami }]).detections;
    expect(JSON.stringify(applyLogSource(detection!.queries[0]!, profile).query.where)).toContain('"Image.b.a"');
  });
});
