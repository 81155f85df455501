import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { many } from '../../../ir/pattern.ts';
import { base64, base64Offsets, bytesOf, dashVariants, interleaved } from './encodings.ts';

describe('bytesOf and base64', () => {
  it('agree with Node\u2019s', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(base64(bytesOf(text, 'utf8'))).toBe(Buffer.from(text, 'utf8').toString('base64'));
        expect(base64(bytesOf(text, 'utf16le'))).toBe(Buffer.from(text, 'utf16le').toString('base64'));
      }),
    );
    expect([...bytesOf('cmd', 'utf16')]).toEqual([0xff, 0xfe, 0x63, 0, 0x6d, 0, 0x64, 0]);
    expect([...bytesOf('cmd', 'utf16be')]).toEqual([0, 0x63, 0, 0x6d, 0, 0x64]);
  });
});

describe('base64Offsets', () => {
  it('gives texts of which one lies in the Base64 of whatever holds the bytes', () => {
    const bytes = fc.uint8Array({ minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5 }), bytes, fc.uint8Array({ maxLength: 5 }), (before, needle, after) => {
        const whole = Buffer.concat([before, needle, after]).toString('base64');
        expect(base64Offsets(needle)[before.length % 3]).toSatisfy((text: string) => whole.includes(text));
      }),
    );
  });

  it('gives up on a byte alone, which decides no letter of one shift', () => {
    expect(base64Offsets(bytesOf('a', 'utf8'))).toEqual([]);
    expect(base64Offsets(bytesOf('http://', 'utf8'))).toEqual(['aHR0cDovL', 'h0dHA6Ly', 'odHRwOi8v']);
  });
});

describe('dashVariants', () => {
  it('varies every dash by itself, as written first', () => {
    const variants = dashVariants([many, '-a /b', many]);
    expect(variants).toHaveLength(25);
    expect(variants[0]).toEqual([many, '-a /b', many]);
    expect(new Set(variants.map((pattern) => JSON.stringify(pattern))).size).toBe(25);
    expect(variants).toContainEqual([many, '\u2013a \u2015b', many]);
    expect(dashVariants(['none'])).toEqual([['none']]);
  });
});

describe('interleaved', () => {
  it('puts a NUL beside each letter, and leaves wildcards', () => {
    expect(interleaved(['ab', many], 'utf16le')).toEqual(['a\u0000b\u0000', many]);
    expect(interleaved(['ab'], 'utf16be')).toEqual(['\u0000a\u0000b']);
    expect(interleaved(['\u00e4'], 'utf16le')).toBeUndefined();
  });
});
