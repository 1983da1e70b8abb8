import { expect, it } from 'vitest';
import { isSimplePin } from './pin';

it('knows what is guessed first', () => {
  expect(['000000', '123456', '987654', '345678'].filter(isSimplePin)).toHaveLength(4);
  expect(['271828', '123465', '112233', '100000'].filter(isSimplePin)).toEqual([]);
});
