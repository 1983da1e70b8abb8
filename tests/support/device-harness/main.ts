// The page of the device tests: the whole room under one name, and the few things a test needs to look at pictures.
import * as camera from '../../../src/lib/device/camera';
import * as pickedFile from '../../../src/lib/device/picked-file';
import * as position from '../../../src/lib/device/position';
import * as processPhoto from '../../../src/lib/device/process-photo';
import * as share from '../../../src/lib/device/share';
import * as storage from '../../../src/lib/device/storage';
import * as suitability from '../../../src/lib/device/suitability';
import * as tabs from '../../../src/lib/device/tabs';
import * as voice from '../../../src/lib/device/voice';
import * as wakeLock from '../../../src/lib/device/wake-lock';
import * as pictures from './pictures';

const device = {
  ...camera,
  ...pickedFile,
  ...position,
  ...processPhoto,
  ...share,
  ...storage,
  ...suitability,
  ...tabs,
  ...voice,
  ...wakeLock,
  ...pictures
};

declare global {
  interface Window {
    device: typeof device;
  }
}

window.device = device;
